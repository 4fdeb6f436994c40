"""What stands around a time phrase on lists of things to do, and titles in which no time is meant."""

from __future__ import annotations

from worklens.reading.phrases.grammar import Grammar

# English words that stand in titles of either language, where a phrase of time might be seen but isn't meant.
LOOKALIKES = r"""
@product
1 (windows|office|SQL server|excel|visual studio|exchange|sharepoint|fiscal year|FY|model|class of|expo|world cup|budget|euro|edition|conference|release|COVID|census|act of|ISO|form)
@tw
1 (day|week|month|year|quarter|hour|minute|hourly|days|weeks|months|years|end|close|closing|business|working|mid|late|early|sun|mon|sat|dec|weekend|eventing|even|event|daily|weekly|monthly|yearly|quarterly|annual|nightly|half|night|noon|second|third|first|last|next|current|previous|date|time|calendar|morning|evening|month-end|year-end|month end|year end|day-end|weekday|period|period end|fortnightly|seasonal|one|two|three|before|after|past|future|now|today page|on time|real-time|time-out|timeout|overtime|lifetime|uptime|runtime|sometimes|daylight|payday|birthday|tomorrowland|wedding|thunder|satin|friendly|mondrian|tuple|janitor|february sale|mayor|mayonnaise|junior|junction|julian|augmented|octet|novel|december issue|decimal|decline|marker|market|separate|monitor|money|sunset|saturation|fridge|thus|weds)
@tw2
1 (day|end|close|closing|business|event|date|time|calendar|month-end|year-end|period|hourly rate|per day|per week|per month|per hour|a day|by date|by day|by week|by month|by year|to date|each|all day|overnight|in time|on time|over time|at the same time|at runtime|every time|all the time|next|last|first|again|before|after|early|twice a year|end to end|day to day|up to date|out of date|in the future|in the past|for now|for the first time|at the end|in the end|at the beginning|in advance|since version {d:1-9}|until done|in a loop|in parallel|mid way|half way|the day away)
"""

ENGLISH = Grammar(
    LOOKALIKES
    + r"""
@task
5 <verb> <thing>
2 <verb> <thing> <with>
3 <home>
2 <person><colon> <thing>
2 <thing>
2 <work>
1 <verb> {d:2-12} <countable>
1 <read> {d:1-20} <countable>
0.5 <code> <verb> <thing>
0.5 <verb> <thing> for {d:10-90} (minutes|min|people|guests)
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
5 <tricky>
@tricky
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
@task
6 <verb><thing>
3 <home>
2 <person><verb><thing>
1 <verb>{l:2-12}<measure>
2 <work>
1 <thing>
1 和<person><meet>
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
@none
24 <task>
6 <tricky>
@tn
1 (字段|控件|格式|显示|筛选|列|选择器|设置|计算|)
@product2
1 (微软办公软件|操作系统|税法|财政年度|欧洲杯|模型|型号)
@tricky
1 (读|看)《?{d:1900-2099}》?
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
