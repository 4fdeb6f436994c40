"""What stands around a time phrase on lists of things to do, and titles in which no time is meant."""

from __future__ import annotations

from worklens.reading.phrases.grammar import Grammar

# English words that stand in titles of either language, where a phrase of time might be seen but isn't meant.
LOOKALIKES = r"""
@product
1 (windows|office|SQL server|excel|visual studio|exchange|sharepoint|fiscal year|FY|model|class of|expo|world cup|budget|euro|edition|conference|release|COVID|census|act of|ISO|form)
@bracketed
1 (urgent|IMPORTANT|waiting|bug|P{d:0-4}|idea|home|draft|DONE|{d:1-9}|optional|x|WIP|ENG-{d:1-900})
@tw
1 (day|week|month|year|quarter|hour|minute|hourly|days|weeks|months|years|end|close|closing|business|working|mid|late|early|sun|mon|sat|dec|weekend|eventing|even|event|daily|weekly|monthly|yearly|quarterly|annual|nightly|half|night|noon|second|third|first|last|next|current|previous|date|time|calendar|morning|evening|month-end|year-end|month end|year end|day-end|weekday|period|period end|fortnightly|seasonal|one|two|three|before|after|past|future|now|today page|on time|real-time|time-out|timeout|overtime|lifetime|uptime|runtime|sometimes|daylight|payday|birthday|tomorrowland|wedding|thunder|satin|friendly|mondrian|tuple|janitor|february sale|mayor|mayonnaise|junior|junction|julian|augmented|octet|novel|december issue|decimal|decline|marker|market|separate|monitor|money|sunset|saturation|fridge|thus|weds)
@tw2
1 (day|end|close|closing|business|event|date|time|calendar|month-end|year-end|period|hourly rate|per day|per week|per month|per hour|a day|by date|by day|by week|by month|by year|to date|each|all day|overnight|in time|on time|over time|at the same time|at runtime|every time|all the time|next|last|first|again|before|after|early|twice a year|end to end|day to day|up to date|out of date|in the future|in the past|for now|for the first time|at the end|in the end|at the beginning|in advance|since version {d:1-9}|until done|in a loop|in parallel|mid way|half way|the day away)
"""

ENGLISH = Grammar(
    LOOKALIKES
    + r"""
@carrier
22 <task>
1.5 <named>
@named
1 (Q{d:1-4}|H{d:1-2}|FY{d:20-34}|{d:2015-2034}|the {d:2015-2034}) (report|review|numbers|planning|results|budget|forecast|figures|accounts|roadmap|tax return|audit|plan)[ due| ready| done| sent]
0.6 (the |)(Monday|Friday|May|March|June|October|weekly|monthly|daily|weekend|summer|morning|evening) (newsletter|report|invoices|shift|menu|schedule|notes|edition|statement|class)[ due| ready]
0.4 <verb> the {D:1-30} (chapter|draft|version|batch|instalment|edition|page)
0.4 (day|week|sprint|month|phase|part|step|session|round) {d:1-30} (report|review|notes|summary|plan)
0.4 <verb> (chapter|part|unit|lesson|page|section|task|question|episode|volume) {d:1-60}
@task
5 <verb> <thing>
2 <verb> <thing> <with>
3 <counted>
0.7 (lunch|dinner|coffee|breakfast|brunch|drinks|call|meeting|1:1|catch-up|catch up|chat|sync) (w/|w|with|&) <person>
0.6 （<bracketed>） <verb> <thing>
0.5 <verb> <thing> （(<noun>|<bracketed>|<thing>)）
3 <home>
2 <person><colon> <thing>
2 <thing>
2 <work>
1 <verb> {d:2-12} <countable>
1 <read> {d:1-20} <countable>
0.5 <code> <verb> <thing>
0.5 <verb> <thing> for {d:10-90} (minutes|min|people|guests)
@counted
2 (review|merge|close|reopen|rebase|check|test) (PR|MR|issue|ticket|bug|build|change|pull request) [#]{d:1-4000}
1.5 (bake|buy|order|bring|cook|prepare|print|pack|wash|sell|paint|send) {n:2-24} <countable>
1.5 (ship|cut|tag|install|try|upgrade to|test|downgrade to|announce|build) [release |version |v|build |the v]{d:1-12}.{d:0-30}[.{d:0-9}]
1 (flight|fly|plane) (BA|LH|AF|KL|UA|CA|MU|LX|EK|AA|DL|FR|SQ)[ ]{d:10-999}
0.5 (board|pick up|meet|catch) (flight|train|bus|tram|ferry|coach)[ no.] {d:2-999}
1.5 (call|ring|phone|text|fax|dial) <phone>
0.7 <verb> <thing> (in room|room|at gate|on line|on page|at desk|at table|in block|floor|from platform|at stop|version|no.) {d:1-450}
0.7 (pay|send|file|chase|check) (invoice|order|bill|receipt|claim|case|policy) [no. |#]{d:10-9999}
0.5 run {d:3-42}[ ](km|k|miles)
0.5 <verb> {d:2-9}x <noun>
0.5 <verb> <thing> for {d:2-40} (people|guests|kids|visitors|euros|dollars)
0.4 <verb> <noun> {d:1-9}.{d:0-30}
0.4 <verb> {d:2-95} percent of the <noun>
0.4 (finish|read|watch|do|revise) (chapter|part|unit|lesson|section|exercise|level) {d:1-60}
0.3 <verb> {d:1000-9999} (words|rows|units|records|euros)
0.3 team of {d:2-12}: <verb> <thing>
@phone
1 +{d:1-99} {d:10-999} {d:100-9999} {z:10-9999}
1 {d:100-999}-{d:1000-9999}
1 {d:100-999} {d:100-999} {d:1000-9999}
0.5 ({d:100-999}) {d:100-999}-{d:1000-9999}
0.5 +{d:1-99} {d:10-99} {d:10-99} {d:10-99}
0.5 0{d:10-999}[ |/]{d:10000-999999}
0.5 ext. {d:10-999}
0.6 +{d:1-99} {d:10-99} {d:1000-9999} {Z:1-9999}
0.6 0{d:10-999} {Z:1-9999} {Z:1-9999}
0.4 {d:10-999} {Z:1-999} {Z:1-9999}
@open
2 (remind me|remind <person>|remind us|ping me|ping <person>|wake me up|wake <person>|nudge me|tell <person>|ask <person>)
2 (let's meet|meet <person>|meet|see you|see <person>|catch up with <person>|we meet|we could meet|shall we meet|get together with <person>)
2 (I'm leaving|I leave|we leave|I have to leave|I'll be back|I got back|he came back|she arrives|they arrive|I must be there|be there|I need to go|we need to go|I was there|guests arrive|I land)
1 (are you free|are you around|can you come|can we talk|can you call|could you <verb> <thing>|will you be there|do you have time|is <person> free|what about|how about|any plans)
1 (the train goes|the bus leaves|the shop closes|the doors open|the show starts|school starts|the game is|the party is|my shift ends|it starts|it is due|it's due|the film begins|the sale ends|the offer ends|the meeting is|the call is)
2 (take the (cake|bread|pizza|chicken|roast|pie) out|turn (off|on|down) the (oven|heating|light|stove|water)|check the (oven|soup|laundry|rice|meat)|get the (kids|car|parcel|dog)|pick <person> up|drop <person> off|call <person> back|call back|put the bins out|move the car|stretch|take a break|take the pill|feed the (fish|baby|cat)|text <person>|get up|stand up|check in)
2 <verb> <thing>
1 don't forget[ to <verb> <thing>]
1 (I want to|I have to|I need to|we should|we must|please|pls|must|need to|have to|I'll) <verb> <thing>
1 <counted>
@close
3 to <verb>[ <thing>]
2 to (stretch|eat|leave|rest|drink water|go home|say hello|pick <person> up|call back|get up|sign off|check in|move|breathe|sleep|pack|train|water the plants)
1 (about|regarding|re) <thing>
2 (at the|in the|near the|outside the) (station|office|park|airport|library|school|gym|café|hotel|restaurant|entrance|gate|lobby|museum|church|market)
1 (with|for) <person>
1 (please|if possible|thanks|I think|maybe|or so|for lunch|on zoom|in the office|at home|at ours|okay|sharp|already|again|instead|and not later|without fail)
1 (and|then|but|because|so) <verb> <thing>
1 (in room|room|at gate|on line|platform|table|desk|floor) {d:1-400}
1 for {d:2-12} (people|guests|persons|kids)
1 that <thing> (is|was|will be|gets) <adj>
@code
1 #{d:1-2000}
1 {d:100-9999}:
1 (JIRA|ABC|PC)-{d:1-9999}
1 v{d:1-9}.{d:0-20}
@colon
1 :
1 _-
@with
2 (with|for|from|to|at) <person>
2 (in|on|for|from|at|about|into|to) the <noun>
1 (in|on|for|from) <noun>
1 (and|or) <verb> <thing>
@person
1 (Anna|Bob|mum|Mom|dad|the boss|John|Maria|Tom|Li Wei|the client|Peter|the team|Sarah|HR|accounting|the landlord|April|June|Augusta|grandma|Chris|the dentist|the kids|everyone|Dr. Smith)
@read
1 (read|write|print|order|review|answer|buy|prepare|do|run|watch|bring|pack|sign)
@countable
1 (chapters|pages|eggs|tickets|emails|boxes|km|miles|reports|slides|copies|apples|letters|kg of rice|bottles|exercises|episodes|sets|interviews|push-ups|people|photos|invoices|litres of milk)
@home
1 (call mum|pay rent|buy milk|water the plants|take out the trash|do the laundry|clean the kitchen|feed the cat|walk the dog|go to the gym|yoga class|dentist|haircut|pick up the kids|pay the bills|return library books|birthday party|book flights|renew passport|dinner with friends|lunch with <person>|breakfast meeting|grocery shopping|cancel subscription|change the tyres|oil change|vacuum|meditate|take vitamins|cook dinner|study Chinese|exam|flight to Berlin|train to Paris|doctor's appointment|file taxes|back up laptop|mow the lawn|send postcard|parents' evening|concert|movie night|football|call the bank|return the parcel|submit timesheet|renew insurance)
@work
1 (standup|team meeting|sprint planning|retro|one-on-one with <person>|deploy|release|code review|submit the report|hand in the essay|send invoice|prepare slides|project kickoff|board meeting|budget review|interview candidate|quarterly review|all-hands|finish presentation|demo for <person>|sync with <person>|status update|write blog post|performance review|ship it|deadline|launch|conference call|webinar|workshop|training)
@verb
1 (add|fix|change|update|remove|test|review|allow|flag|investigate|print|display|create|write|check|delete|move|rename|implement|support|enable|disable|prepare|finish|send|call|buy|plan|order|email|ask|clean|book|schedule|draft|publish|merge|refactor|document|migrate|validate|show|hide|reset|calculate|correct|convert|split|prevent|ensure|modify|research|provide|report|submit|run|set up|sort out|look into|follow up on|talk about|work on|think about|get|make|find|build|design|upgrade|configure|return|collect|install|organise|repair)
@thing
6 <noun>
3 the <noun>
2 <adj> <noun>
2 <noun> <noun>
1 the <adj> <noun>
1 <noun> <with>
0.5 <timely>
@adj
1 (new|old|missing|wrong|duplicate|invalid|broken|final|first|second|third|last|next|previous|current|weekly|daily|monthly|annual|manual|automatic|default|internal|empty|large|small|slow|early|late|online|personal|due|quick|extra|main|blue|red|open|closed|total|optional|mandatory|past)
@noun
1 (report|screen|field|policy|summary|message|invoice|database|user|table|button|login page|error|module|import|export|script|customer|client|order|payment|account|form|list|record|file|server|email|document|presentation|essay|thesis|contract|proposal|draft|website|app|test|tests|query|index|column|row|view|layout|filter|search|label|menu|dialog|window|title|number|code|address|currency|rate|tax|discount|claim|premium|quote|letter|template|printer|release|build|branch|merge request|feature|bug|issue|ticket|crash|warning|log|access|permission|role|password|security|backup|schema|trigger|job|batch|process|workflow|interface|service|request|response|parameter|value|type|status|flag|option|setting|validation|calculation|transaction|balance|budget|forecast|plan|strategy|meeting notes|agenda|minutes|slides|spreadsheet|chart|graph|picture|video|song|book|article|paper|chapter|shopping|groceries|present|cake|ticket to Rome|hotel|visa|car|bike|kitchen|garden|bathroom|sofa|lamp|window cleaner|phone|laptop|charger|desk|passport|insurance|mortgage|loan|gym bag|medicine|glasses|shoes|coat|recipe|soup|bread|coffee|tea|wine|wedding gift|homework|project|reading list|CV|application|survey|newsletter|blog|logo|poster|stakeholders|team|vendor|supplier|manager|department|market data|dashboard|pipeline|container|cluster|API|SDK|UI|PDF|CSV|XML|SQL)
@timely
1 (date|due date|time|date format|time zone|calendar|year end totals|month end processing|day rate|hourly rate|week view|month column|weekly report|daily report|monthly newsletter|annual leave|quarterly figures|time sheet|timesheet|date picker|year to date figures|start date|end date|effective date|expiry date|birth date|age in years|number of days|working days count|time tracking|daily backup|monthly statement|weekly menu|day care|weekend bag|second opinion|minute details|last name|first name|next steps|next button|previous page|last login|past due amount|midnight blue paint|morning routine|night cream|evening dress|Sunday Times|Monday blues|Friday the movie|day by day plan|hours of operation|two-day shipping|one time password|real time feed|run time error|half marathon|spring cleaning|holiday pictures|may be wrong|{d:1990-2030} budget|{d:1990-2030} tax return|may day playlist|march madness pool)
@none
30 <task>
6 <tricky>
2.5 <open>
2.5 <open> <close>
@tricky
1 <verb> the {D:1-40} (row|column|item|letter|field|character|digit|attempt|copy|word|line|entry|floor|version|page|record|position)
1 <noun> (takes|lasts|took|needs|is late by|overdue by|delayed by|is older than|runs longer than|is shorter than) {n:1-59} (seconds|minutes|hours|days|weeks|months)
0.7 <noun> takes {n:1-9} (minutes|hours|minute|hour) {d:2-59} (seconds|minutes|secs) to <verb>
1 <adj> {n:1-14}[ |-](day|week|month|hour|minute) (course|training|holiday|trip|notice|delay|trial|sprint|workshop|visit|camp|break|window|limit)
1 <verb> <noun> (after|before|during) {n:1-14}[ |-](day|week|month|hour) (holiday|trip|course|break|visit|training|leave)
1 <noun> {d:1-9}.{d:10-40}[a|b] (<verb>|<noun>|when <verb>|with <noun>)
0.7 (x|k|n|max|limit|size|count|rate|threshold|timeout|total) = {d:2-6000}
0.5 (B2B|B2C|P2P|G20|U2|M3|R2D2|H2O|CO2|A4|5G|4K|3D|2FA|K9|S3|EC2|Q&A) <noun>
0.5 (season|contract|budget|year|squad) {d:10-30}/{d:11-31}
0.5 (sports|golf|open|family|field|rest|snow|moving|laundry|training|fun|careers) day [<noun>]
0.4 (Xmas|Christmas|leaving|summer|office|garden) (party|lunch|drinks|dinner|do)
0.7 <noun> <noun> (versions|version|items|steps|rows|pages|parts|levels) {d:1-9} (and|or|to|&) {d:2-12}
0.5 <verb> <noun> (to|for|in|with) (version |.Net |Java |v|Python |iOS |)[ ]{d:1-9}.{d:0-15}
0.6 (the |a |)({D:1-9}|{o:1-9}) (pass|draft|attempt|try|round|cut|backup|reminder|release|phase|floor|edition|choice|supplier) <noun>
0.5 (half of|the other half of|first half of|second half of) the <noun>
0.5 (second to last|next to last|last but one|penultimate) (row|item|page|<noun>)
0.5 <verb> <thing> (to|till|before) {d:1-9} (<noun>|people|points)
1 <verb> {d:1-3}/{d:2-9} of the <noun>
1 {d:1-4}/{d:2-8} (cup|cups|tsp|of the work|done|pint|inch screws|page)
1 read {d:1500-2099}
1 watch {d:1900-2060}
1 (read|watch|play) <verb> {d:2-49}
1 (chapter|chapters|section|step|part|level|page|pages|room|flat|question|exercise|lesson|unit|phase|version|release|build|item|line|row|bus|gate|task|issue|day|season|episode) {d:1-99}
1 (chapter|section|step|version|release|issue) {d:1-9}.{d:0-40}
1 <verb> <noun> {d:1-9}.{d:0-30}[.{d:0-20}]
1 <verb> {d:2-500} (<noun>|kg|g|pages|euros|dollars|items|words|people|percent)
1 <verb> <noun> (for|in|from) {d:2-59} (minutes|seconds|hours|places|steps|files|rows)
1 {d:5-60}( minute| min|-minute|-day| day| hour) (run|walk|workout|plank|challenge|timer|course|nap|trial|stretch)
1 call {d:100-999}-{d:1000-9999}
1 call {d:10-99} {d:10-99} {d:10-99} {d:10-99}
1 (order|pay|invoice|ref|case|PO|error|code|HTTP) (#|no |number |){d:100-9999}
1 <verb> <noun> #{d:1-3000}
1 (the 7 habits|catch 22|ocean's {d:8-13}|24/7 support|50/50 split|9 to 5 by Dolly Parton|fahrenheit 451|apollo 13|one two three|a hundred years of solitude|slaughterhouse five|2001 a space odyssey|blade runner 2049|around the world in 80 days|the twelve monkeys|the secret second season|five guys|three musketeers|ten commandments|one of the <noun>|one on one|first aid kit|second hand <noun>|third party <noun>|twenty questions)
1 (march for science|march of the penguins|may the force be with you|sun cream|sat nav|sun hat|wed the <noun>|mar the surface|second <noun>|dec alcohol|jan's <noun>|april's <noun>|june's present|ask may|call april|email august|meet june|tue es|thurston moore album|monitor <noun>|mondale biography|sunglasses|weekday socks|friday's child book|satisfy <noun>|sunrise yoga mat|frisbee|wednesbury principle|decide on <noun>|octopus recipe|september song|novel ideas|augment <noun>|separate <noun>)
2 <verb> <timely>
2 <timely>
3 <tw> <noun>
3 <verb> <tw> <noun>
2 <noun> <tw> <noun>
2 <verb> <noun> <tw2>
1 <thing> <verb> <tw> <noun>
1 <thing> - <tw> <noun>
2 {d:1-9}.{d:1-30}[.{d:1-9}][.] <task>
1 {d:1-12}.[ ]<task>
2 <product> {d:1990-2030}[ <noun>]
1 <verb> <product> {d:1990-2030}
1 <noun> {d:1990-2030} <noun>
1 {d:1990-2030} <noun>
2 (may|might|could|will|must) (need|have|want|require|be|cause|fail|break)[ to] <verb> <thing>
1 <noun> (may|might) (need|have|want|require|be|cause|fail|break) <adj>
1 march (to|for|with|in|past|against) <noun>
2 <task> {n:1-12} (days|weeks|hours|months|minutes|years) (before|after|prior to|past) [the ]<noun>
1 {n:1-12} (days|weeks|hours|months|minutes|years) (before|after|prior to|past) [the ]<noun>
1 (lunch|team lunch|business lunch|lunch and learn|lunch meeting|lunch break|working lunch|dinner|breakfast) <with>
1 <verb> <noun> (from|on|of|at) <noun> to <noun>
1 (how|why|what|when|where|which|who) (to|do|is|are|can|will) <verb> <thing>
1 <thing> (not|is not|does not|doesn't|isn't|can't|cannot|should not) <verb> (when|if|after|before|until|while) <verb> <noun>
1 <verb> <thing> (when|if|after|before|until|while|since|because|so that|where|and then) <thing> <verb>
1 <verb> <thing>, <thing> and <thing>
1 <noun>: <noun> / <noun> <adj> - <verb>
1 <adj> <adj> <noun> (of|per|by|without|within|across|against) <noun>
1 <verb> <noun> (once|twice|again|later|soon|someday|sometime|eventually|asap|at once|at last|at least|as usual)
1 (today's|yesterday's|tomorrow's) (leftovers|newspaper world|special board)
1 {d:1-9}x{d:1-30} <noun>
1 {d:1-12} (eggs|apples|oranges|beers|<noun>)
1 <noun> ({d:1-30})
1 <verb> <noun> (from|on|to) (v|version |PC|SC|ID|table ){d:1-30}
1 (add|use|set) {d:1-100} (as|to|in|on) <noun>
1 {d:1-20} <noun> (at|for|by) {d:1-90} (euros|each|percent|km|mph|degrees|dollars)
1 <verb> <noun> (at|by|before|after|on|in|until) <noun>
1 ratio {d:1-20}:{d:1-9}
1 (john|psalm|genesis|luke|mark) {d:1-30}:{d:1-40}
1 score {d:0-9}-{d:0-9}
1 (size|size:) {d:30-48}
1 ({d:1-9}) <verb> <noun>
1 {d:1-30}. <verb> <noun>
1 {d:1-30}) <verb> <noun>
1 (iphone|windows|python|java|php|airbus|boeing|bmw|canon|ps|form|W-|A) {d:2-99}
1 <verb> <noun> {d:1-40} (to|and|-) {d:41-99}
"""
)

CHINESE = Grammar(
    LOOKALIKES
    + r"""
@carrier
22 <task>
1.2 <named>
@named
1 (第{c:1-4}季度|{d:2015-2034}年|{c:1-12}月份|上半年|下半年|Q{d:1-4}|全年|本年度)[的](总结|报告|预算|报表|计划|账单|财报|工资条)
0.6 (周|月|日|年|季|晨|晚|早)(报|会|检|考|课|班)
0.5 第{c:1-40}(章|集|页|节|课|单元|期|版|稿|轮)
@task
6 <verb><thing>
3 <home>
2 <person><verb><thing>
2 <counted>
0.6 （<bracketed>）<verb><thing>
0.5 <verb><thing>（(<thing>|<bracketed>)）
1 <verb>{l:2-12}<measure>
2 <work>
1 <thing>
1 和<person><meet>
@bracketed
1 (重要|紧急|待办|公司|家里|个人|工作|草稿|必做|可选|学习|{d:1-9}|P{d:0-4}|生活|备忘|客户|财务)
@counted
1 (审核|评审|合并|处理|关闭|查看|测试)(工单|需求|缺陷|合并请求|PR|问题|订单|版本)[ |#]{d:1-4000}
1 (买|订|烤|做|打印|准备|带|洗|发){l:2-24}<measure>
0.7 (航班|坐|接|乘)[ ](CA|MU|CZ|HU|G|D|K|T)[ ]{d:10-999}[次]
0.7 (打电话|拨打|致电|联系电话|客服电话)[ |：]{d:100-999}[-| ]{d:1000-9999}[[-| ]{d:1000-9999}]
0.5 (去|在|到){d:1-30}(楼|号楼|室|号会议室|层|号门|号柜台|教室)<verb><thing>
0.5 (付|交|报销|核对){d:10-9999}(元|块|块钱|元房租|元学费)
0.4 (看|读|背|学|复习)(第{c:1-40}(章|集|页|节|课|单元)|{c:2-50}(页|集|课|个单词))
0.3 跑{c:3-42}公里
@who
3 (我|你|我们|他|她|咱们|你们|大家|俺|他们|咱)
2 <person>
1 (哥哥|弟弟|姐姐|表姐|表弟|舅舅|姑姑|爷爷|外婆|儿子|女儿|老公|老婆|邻居|室友|师兄|老同学)
1 (孩子们|同学们|领导|飞机|火车|航班|快递|医生|学校|公司|爸妈|我妈|我爸|客人|师傅|车|外卖|商店|银行|房东)
@open
5 <who>
2 <who>(想|要|得|打算|准备|可以|能|应该|必须|会|已经|大概|可能|还是|计划|约了<person>)
2 (提醒我|提醒|记得|别忘了|别忘|请|麻烦|帮我|叫我|让<person>|通知<person>|告诉<person>|喊我|务必|一定要)
1 (约好|说好|约|能不能|可不可以|要不|不如|那就|定好|改到|打算|希望|争取)
1 (会议|面试|考试|活动|聚会|比赛|电影|演出|课程|培训|航班|火车|婚礼|讲座|直播)(是|在|定在|安排在|改到|就在|要)
2 <verb><thing>
@close
4 (走|出发|见|见面|回来|到|到家|来|去|回家|交|开会|集合|起床|上班|放假|聊|开始|出门|起飞|动身|离开|回|返回|登机|搬|开工|到期|上线|交稿|返校|开学|签字|出差)
1.5 (毕业|过生日|手术|订婚|退休|面试|搬家|演出|体检|复查|开庭|答辩|高考|比赛|值班|住院|出院|报到|入职|离职|满月|办婚礼|来访|做客)
2 (有空吗|有时间吗|方便吗|行吗|可以吗|怎么样|能来吗|能到吗|在吗|好吗|去吗|来吗|忙吗|有安排吗|有课吗|见好吗|吃饭吗|行不行|有没有空|有事吗)
2 (就回来了|就走了|就到了|才走|才到|刚走|刚到|已经<verb>了|就开始了|就<verb>完了<thing>|已经回来了|没来|来过|寄的|买的|说的|还没好|就交了|才起床|到的家|出的门|走的)
1 (再说|再聊|再见|再联系|不见不散|老地方见|门口见|公司见|车站见|机场见|电话聊|线上见|碰头|碰面|一起吃饭|一起去|聚一聚|打球|跑步去)
3 (去|到|来|在)(机场|银行|医院|学校|公司|车站|超市|北京|邮局|图书馆|公园|家里|客户那里|单位|会议室|门口)[<verb><thing>]
2 (要|得|必须|会|能|不|别|可以|再|先|一起|开始|准备|还要|记得|务必)<verb><thing>
1 (给我打电话|给<person>打电话|给我回话|叫我起床|接我|来接我|找我|发给我|回复我|来我家|请假|休息|不在|不上班|有课|有会|没空|很忙)
1 的(飞机|火车|会|课|高铁|票|电影|面试|航班|考试|预约|约会|班|车)
1 (<verb><thing>)
@none
24 <task>
7 <tricky>
1.5 <open>
3 <open><close>
1.5 <close>
@meet
1 (开会|吃饭|见面|讨论<thing>|打球|看电影|通电话|对接<thing>)
@person
1 (小王|妈妈|爸爸|老板|李老师|客户|张伟|同事|医生|房东|小李|团队|王总|孩子|三姐|周总|周老师|时先生|小明|万经理)
@verb
1 (交|写|买|提交|完成|准备|修改|检查|发送|预约|整理|打印|联系|开始|更新|测试|修复|发布|审核|打扫|学习|复习|看|读|做|订|取|寄|付|还|安排|讨论|汇报|通知|申请|办理|上传|下载|删除|添加|设计|开发|部署|回复|确认|参加|组织|制作|翻译|报名|缴|充值|领取|带|找|给<person>发|帮<person>看)
@thing
1 (报告|作业|论文|合同|方案|邮件|机票|房租|电费|水费|牛奶|蔬菜|文件|代码|会议纪要|周报|月报|日报|年报|总结|计划|预算|发票|快递|礼物|衣服|房间|护照|签证|体检|需求文档|接口|数据库|页面|幻灯片|简历|银行卡|信用卡|保险|考试|英语|数学|书|电影票|火车票|酒店|生日蛋糕|药|水果|登录功能|用户反馈|错误日志|服务器|新版本|项目计划书|季度总结|年度报告|工作日志|时间表|日程|两会材料|三方协议|周末计划|日历|年假|月饼|星期表|点心|分类|时刻表|天气预报|万年历)
@home
1 (给妈妈打电话|交房租|买菜|浇花|倒垃圾|洗衣服|接孩子|健身|看牙医|理发|还书|开会|跑步|做饭|上课|看医生|去银行|生日聚会|洗车|吃药|遛狗|取快递|家长会|同学聚会|看电影|去机场|出差|面试|加班|值班|体检|搬家|练琴|打疫苗|缴费|吃饭|睡觉|爬山|旅游|回家|约会|打扫卫生)
@work
1 (项目评审|团队会议|站会|上线|发版|代码评审|提交报告|客户拜访|培训|电话会议|季度汇报|面试候选人|发工资|交社保|报税|开题答辩|需求评审|团建|项目启动会|周会|例会|晨会|部门会议|述职)
@measure
1 (个鸡蛋|本书|页|章|斤苹果|张票|份文件|封邮件|瓶水|次|件衣服|袋米|公里|道题|个单词|遍课文|套题|盒药|位客人|杯咖啡|人)
@tn
1 (字段|控件|格式|显示|筛选|列|选择器|设置|计算|)
@product2
1 (微软办公软件|操作系统|税法|财政年度|欧洲杯|模型|型号)
@tricky
1 (读|看)《?{d:1900-2099}》?
1 (点菜|点单|点名|点餐|点赞|点评|点歌|点检|后台|后厨|后院|后续|后备箱|后视镜|午餐|午饭|午休|月饼|月嫂|月卡|月票|月子|年会|年检|年审|年龄|周转|周刊|日志|日用品|日光灯|时尚|时差|时薪|分类|分享|分析|分配|分组|分期|秒杀|秒表|早餐|早茶|早教|晚餐|晚礼服|前端|前锋|前排|号码|号召|天气|天花板|天桥|天台|天线|刻字|刻碟|半成品|半价|上衣|上铺|下单|下载|下厨|中秋礼盒|底座|初稿|初中|末班车|旬刊)<thing>
1 <verb>(点菜|点单|点名册|点餐机|后台|后厨|后院|后续|午餐|午休室|月饼|月嫂|月卡|月票|年会|年检|年龄|周转房|周刊|日志|日用品|时尚|时差|时薪|分类|分析|分组|秒表|早餐|早茶|晚餐|晚礼服|前端|前排座|号码|天气|天花板|天台|天线|刻字|半成品|上衣|上铺|下单|底座|初稿|末班车)
0.5 (快递|订单|工单|发票|合同|流水|车牌|手机|学|编)(号|单号|编号)[ |：]{d:100-9999}
0.4 (快递|订单|发票|手机|身份证)(号|单号|号码)[ |：]{d:10000-999999999}
0.5 天天(特价|向上|果园|快递|打折|低价|酷跑)<thing>
0.5 《<thing>》(读后感|读书笔记|第{c:1-12}章)
0.7 (改天|回头|下次|以后|到时候|有空|哪天)(见|聊|再说|聚|约|吃饭)
0.7 <verb>(第{c:1-20}|倒数第{c:2-3})(行|列|项|条|题|个字段|段|张图|排)
0.7 (为期|历时|用时|耗时|持续|超时|延迟|迟到){l:1-60}(分钟|小时|天|周|个月)[的<thing>]
0.6 (请|休|放){l:1-15}天(假|年假|病假|事假)
0.6 {l:1-12}(天|周|小时|个月)的(培训|课程|假期|试用期|行程|旅行|会议)
0.5 (限制|阈值|数量|最大值|上限|超时)[ ](=|为|：)[ ]{d:2-6000}
0.5 <thing>(见附件|如下|附后|走流程|到货|到期提醒|来源|去重|回归测试|走查|见证)
0.4 (我们|他们|你们|姐妹|哥)(俩|仨)<verb><thing>
1 看第{c:1-30}(章|集|页|节|课|季|部分)
1 (完成|写了|做完)报告的{c:2-9}分之{c:1-8}
1 {d:1-3}/{d:2-9}的(报告|工作|作业|蛋糕)
1 (三国演义|一千零一夜|七宗罪|十二生肖|百年孤独|三体第{c:1-3}部|一站到底|二手书|三人行|五道口|六神花露水|七夕歌单|八宝粥|九寨沟攻略|十字绣|四六级真题|一次性付款|二维码|三明治|周星驰电影|周杰伦专辑|月亮与六便士|日本料理|天天向上|年糕|月饼盒|点外卖|时装|分手大师|周公解梦|星期五咖啡店|日语{d:1-3}级|早餐|晚餐食谱|午休毯|夜宵清单|明星片|今麦郎|后天性免疫|前天线修理|年货清单|月光奏鸣曲|周易|半糖奶茶|秒表)
1 (跑步|阅读|锻炼|冥想|背单词|写作|练字){c:10-60}(分钟|小时|天)
1 买{l:1-20}(斤|个|瓶|本|盒|张|袋)(苹果|牛奶|鸡蛋|书|米|纸)
1 (修复|处理|查看)(问题|工单|需求|缺陷)#{d:1-3000}
1 (版本|发布)[ ]{d:1-9}.{d:0-20}
1 打电话{d:1000-9999}
1 <verb><thing>(一次|一下|一遍|两遍|一点|一些)
1 (第{c:1-9}版|第{c:1-9}稿)<thing>
1 <verb>(时间|日期|星期|月份|年份|日历|天数|时长|周期|季度|小时数|工龄|生日|节日|假日|年度)<tn>
1 (日期|时间|月份|年度|每日|每周|每月|周期|日间|夜间|早期|晚期|中期|后期|前期|当前|最后|下一步|上一页|下一页|之前|以后|半自动|全年|年龄)<thing>
1 <thing>(之前|以后|时)(先|再|要)<verb><thing>
1 <product2>{d:1990-2030}[版]
1 {d:1-9}.{d:1-20}[.{d:1-9}][ ]<verb><thing>
1 {c:1-9}(号线|号楼|号门|日游|年级|月子餐|周年庆|天课程|点建议|分熟牛排|分析报告)
1 (有时间|有空|以后|将来|改天|随时|尽快|回头|抽空)(再|就|)<verb><thing>
1 (每次|每人|每个|每份)<thing>
"""
)
NOTES = (
    "!",
    "!!",
    " #work",
    " @home",
    " p1",
    " (urgent)",
    " ASAP",
    "?",
    " :)",
    ".",
    " - important",
    "。",
    "！",
)
"""What people put at a title's end."""
