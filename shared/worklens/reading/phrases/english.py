"""How English writes times on lists of things to do."""

from __future__ import annotations

from worklens.reading.phrases.grammar import Grammar

RULES = r"""
@bare
30 <phrase>
0.6 by <date> (at the latest|latest) => <date>
0.5 {d:1990-2040} => year $1
1 <weak>
0.4 {n:1-30} <unit> => add $1 <unit>
0.3 {n:1-90} <clockunit> => add $1 <clockunit>
@weak
0.3 lunch time => part noon
2 (morning|the morning|early morning|first thing|early) => part morning
2 (afternoon|the afternoon|early afternoon|late afternoon) => part afternoon
2 (evening|the evening|early evening) => part evening
2 (night|late night|late) => part night
0.7 (very|quite|really|pretty|rather|fairly) <weak> => <weak>
0.5 (forenoon|the forenoon|mid-morning|mid morning|in the forenoon) => part morning
0.4 (mid-afternoon|mid afternoon|midafternoon) => part afternoon
@phrase
34 <date>
3 <date>(,|) <weak> => <date> <weak>
0.8 <date> （<time>） => <date> <time>
0.8 <date>[,] (as early as you can|as late as we can|as late as it gets|as soon as you can|as soon as possible|at some point|any time|whenever you like|if at all possible|at the very latest|at the earliest|or thereabouts|or sooner|or earlier) => <date>
0.6 <weak>( of|,) <date> => <date> <weak>
4 <prep> <date>
12 <date><gap><time> => <date> <time>
3 <prep> <date><gap><time> => <date> <time>
1 <date>( |, )<timeonly> => <date> <timeonly>
3 <date>( at | @ | by | around | at about |, at ){n:1-12} => <date> clock $1 =0 guess
3 <timeonly><on><date> => <date> <timeonly>
0.8 <date><gap><time> <zone> => <date> <time>
0.8 <time> <zone><on><date> => <date> <time>
0.4 <time> <zone> => <time>
8 <time><on><date> => <date> <time>
5 <time>
3 <timeonly>
7 <every>
4 <instant>
3 <range>
@prep
6 on
6 by
3 before
3 until
1 till
2 due
1 due on
1 due by
2 from
1 starting
1 no later than
1 around
1 about
1 for
1 as of
1 since
1 at
1 approximately
1 circa
0.5 (sometime|some time|any time|anytime)
0.5 (sometime|some time|any time|anytime) (on|in)
1 (no later than|not later than|latest|at the latest|latest by|finish by|prior to)
0.5 (beginning|effective|as from)
@gap
6 _at_
3 _
3 ,_
1 _@_
1 , at_
1 _around_
1 _by_
1 _from_
1 _before_
1 @
1 _-_
1 _about_
@on
5 _
4 _on_
2 ,_
1 _of_
1 _this_

@zone
1 (GMT|UTC|Z|CET|CEST|EST|EDT|PST|PDT|BST|IST|MST|CST|ET|PT|gmt|utc|est|pst|cet)
@unit
2 (day|days) => day
2 (week|weeks|wk|wks) => week
1 (month|months) => month
1 (year|years|yr|yrs) => year
1 (working day|working days|business day|business days|workday|workdays|work days) => workday
0.4 (quarter|quarters) => quarter
@clockunit
1 (hour|hours|hr|hrs) => hour
1 (minute|minutes|min|mins) => minute
@one
3 day => day
3 week => week
3 month => month
2 year => year
1 hour => hour
1 minute => minute
1 (business|working) day => workday
0.3 quarter => quarter
@dow
3 (monday|Monday) => mon
3 (tuesday|Tuesday) => tue
3 (wednesday|Wednesday) => wed
3 (thursday|Thursday) => thu
3 (friday|Friday) => fri
3 (saturday|Saturday) => sat
3 (sunday|Sunday) => sun
1 (mon|Mon|mon.|Mon.) => mon
1 (tue|Tue|tues|Tues|tue.|Tues.) => tue
1 (wed|Wed|weds|Weds|wed.) => wed
1 (thu|Thu|thur|Thur|thurs|Thurs|thu.|Thurs.) => thu
1 (fri|Fri|fri.|Fri.) => fri
1 (sat|Sat|sat.|Sat.) => sat
1 (sun|Sun|sun.|Sun.) => sun
@dows
1 mondays => mon
1 tuesdays => tue
1 wednesdays => wed
1 thursdays => thu
1 fridays => fri
1 saturdays => sat
1 sundays => sun
@mon
2 (january|January) => jan
2 (february|February) => feb
2 (march|March) => mar
2 (april|April) => apr
2 (may|May) => may
2 (june|June) => jun
2 (july|July) => jul
2 (august|August) => aug
2 (september|September) => sep
2 (october|October) => oct
2 (november|November) => nov
2 (december|December) => dec
1 (jan|Jan|jan.|Jan.) => jan
1 (feb|Feb|feb.|Feb.) => feb
1 (mar|Mar|mar.|Mar.) => mar
1 (apr|Apr|apr.|Apr.) => apr
1 (jun|Jun|jun.) => jun
1 (jul|Jul|jul.) => jul
1 (aug|Aug|aug.|Aug.) => aug
1 (sep|Sep|sept|Sept|sept.|sep.) => sep
1 (oct|Oct|oct.|Oct.) => oct
1 (nov|Nov|nov.|Nov.) => nov
1 (dec|Dec|dec.|Dec.) => dec

@date
22 <rel>
24 <dowdate>
32 <cal>
16 <period>
5 <nth>
@rel
5 (today|Today|todays date) => add =0 day
6 (tomorrow|Tomorrow|tmr|tmrw|tmw|2moro|2morrow|tomoz|tom) => add =1 day
5 [the ]day after (tomorrow|tmrw|tmr) => add =2 day
1 overmorrow => add =2 day
0.5 the day after the day after tomorrow => add =3 day
2 yesterday => sub =1 day
2 [the ]day before yesterday => sub =2 day
9 (in|in|in|within|in about|after) {n:1-60} <unit> => add $1 <unit>
4 {n:1-60} <unit> (from now|from today|hence|later|out|time|from this moment|away) => add $1 <unit>
1.5 in (around|roughly|approximately|approx|about|some|less than|no more than|maybe|exactly) {n:1-60} <unit> => add $1 <unit>
1 in {n:2-12} <unit>(' time|s time|' time| time) => add $1 <unit>
1 (in|within) the next {n:2-60} <unit> => add $1 <unit>
3 (in|within) (a|one|1|an) <one> => add =1 <one>
3 (a|one|1) <one> (from now|from today|later|hence|away) => add =1 <one>
2 in a couple [of ]<unit> => add =2 <unit>
1 (in|within) a few <unit> => add =3 <unit>
1 a (couple|couple of) <unit> (from now|later) => add =2 <unit>
2 in a fortnight => add =14 day
1 (a fortnight from (now|today)|fortnight|within a fortnight|in one fortnight|a fortnight hence) => add =14 day
1 a fortnight ago => sub =14 day
1 in half a year => add =6 month
0.7 (in |within |)<yearhalf> => add =1 year add =6 month
0.7 <yearhalf> (ago|back|earlier|before now) => sub =1 year sub =6 month
0.4 <yearhalf> (from now|later|hence) => add =1 year add =6 month
0.7 (in |within |)<monthhalf> => add =1 month add =15 day
0.5 <monthhalf> (ago|back|earlier) => sub =1 month sub =15 day
0.4 <monthhalf> (from now|later|hence) => add =1 month add =15 day
0.4 in <weekhalf> => add =10 day
0.4 <weekhalf> ago => sub =10 day
0.3 <weekhalf> (from now|later) => add =10 day
0.5 in {n:2-9} (and a half|1/2|½) years => add $1 year add =6 month
0.5 {n:2-9} (and a half|1/2|½) years (ago|back) => sub $1 year sub =6 month
0.4 in {n:2-9} (and a half|1/2|½) months => add $1 month add =15 day
0.4 {n:2-9} (and a half|1/2|½) months (ago|back) => sub $1 month sub =15 day
0.7 (a|an|one|1) <one>(, | and | ){n:2-29} <unit> (ago|back|earlier|before now) => sub =1 <one> sub $1 <unit>
0.5 (in|within) (a|one|1) <one>(, | and | ){n:2-29} <unit> => add =1 <one> add $1 <unit>
0.5 {n:2-20} <unit> and (a|one) <one> (ago|back|earlier) => sub $1 <unit> sub =1 <one>
0.4 in {n:2-20} <unit> and (a|one) <one> => add $1 <unit> add =1 <one>
0.4 {n:2-20} <unit> and (a|one) <one> (from now|later) => add $1 <unit> add =1 <one>
0.4 (in (two|2) fortnights|(two|2) fortnights (from now|from today|hence|later)) => add =14 day add =14 day
0.3 (two|2) fortnights (ago|back) => sub =14 day sub =14 day
1 (the day before last|day before last) => sub =2 day
1.5 [the ](day|eve) before <plaincal> => <plaincal> sub =1 day
1.5 [the |on the ]day (after|following) <plaincal> => <plaincal> add =1 day
0.7 [the ]day (before|prior to) the {D:1-31} => day $1 sub =1 day
0.7 [the ]day (after|following) the {D:1-31} => day $1 add =1 day
0.7 [the ](first |next |)(working|business|work) day (after|following) <plaincal> => <plaincal> add =1 workday
0.5 [the ](last |)(working|business|work) day before <plaincal> => <plaincal> sub =1 workday
3 {n:1-60} <unit> (ago|back|earlier|before now) => sub $1 <unit>
2 (a|one|an|1) <one> (ago|back|earlier) => sub =1 <one>
1 a couple [of ]<unit> ago => sub =2 <unit>
1 a few <unit> ago => sub =3 <unit>
2 {n:1-30} <unit> (from|after|following) <base> => <base> add $1 <unit>
2 (a|one|the) <one> (from|after|following) <base> => <base> add =1 <one>
2 {n:1-30} <unit> (before|prior to|ahead of) <base> => <base> sub $1 <unit>
1 (a|one|the) <one> (before|prior to) <base> => <base> sub =1 <one>
1 a couple of <unit> (from|after) <base> => <base> add =2 <unit>
1 a fortnight (from|after|on) <base> => <base> add =14 day
1 (a week|1 week) (today|from today) => add =1 week
1 (a week tomorrow|tomorrow week) => add =1 day add =1 week
0.5 today week => add =1 week
1 (+|in ){d:1-60}(d| d) => add $1 day
1 (+|in ){d:1-20}(w| w) => add $1 week
0.5 (+|in ){d:1-20}(mo|mth| mths) => add $1 month
1 [the ]next [business|working] day => add =1 workday
1 (this day|same day|on the same day) next week => add =1 week
1 (this day|same day|this date) next month => add =1 month
1 (this day|same day) next year => add =1 year
1 {n:1-9} <unit> and {n:1-29} <unit> from now => add $1 <unit> add $2 <unit>
1 in {n:1-9} <unit> and {n:1-29} <unit> => add $1 <unit> add $2 <unit>
1 in {n:1-9} <unit>(, | ){n:1-29} <unit> => add $1 <unit> add $2 <unit>
1 {n:1-9} <unit>(, | | and ){n:1-29} <unit> (from now|later|hence|from today) => add $1 <unit> add $2 <unit>
1 {n:1-9} <unit>(, | | and ){n:1-29} <unit> (ago|back|before now|earlier) => sub $1 <unit> sub $2 <unit>
0.4 {n:1-9} <unit>, {n:1-9} <unit> and {n:1-29} <unit> ago => sub $1 <unit> sub $2 <unit> sub $3 <unit>
0.4 (a|one) <one> and {n:2-29} <unit> (from now|later) => add =1 <one> add $1 <unit>
2 (in|within|after) {d:60-400} <unit> => add $1 <unit>
2 {d:60-400} <unit> (from now|from today|later|hence) => add $1 <unit>
1 {d:60-400} <unit> (ago|back|before today) => sub $1 <unit>
1 {d:60-400} <unit> (from|after) <base> => <base> add $1 <unit>
0.6 {d:60-400} <unit> (before) <base> => <base> sub $1 <unit>
0.7 +[ ]{d:1-60} <unit> => add $1 <unit>
0.4 -[ ]{d:1-60} <unit> => sub $1 <unit>
1 (the next day|next day|the following day|the day after|the day after today|following day) => add =1 day
0.7 (the previous day|previous day|the day before|the day before today) => sub =1 day
0.6 half a year ago => sub =6 month
0.5 (half a year from now|half a year later|within half a year) => add =6 month
0.4 (a decade ago|one decade ago) => sub =10 year
0.4 (in a decade|a decade from now) => add =10 year
0.6 (in |over |during |for |)(the last|the past|past|last) {n:2-30} <unit> => sub $1 <unit>
0.6 (over the |during the |the |for the |)(next|coming|upcoming|following) {n:2-30} <unit> => add $1 <unit>
0.4 (a|one) <one> ago today => sub =1 <one>
0.4 (a|one) <one> from today => add =1 <one>
@yearhalf
1 (a year and a half|one and a half years|one and a half year|one-and-a-half years|1 and a half years|1 1/2 years|1.5 years|1½ years)
@monthhalf
1 (a month and a half|one and a half months|one-and-a-half months|1 and a half months|1 1/2 months|1.5 months|1½ months)
@weekhalf
1 (a week and a half|one and a half weeks|one-and-a-half weeks|1 1/2 weeks|1.5 weeks)
@base
4 <dowdate>
3 (tomorrow|tmrw) => add =1 day
1 today => add =0 day
1 yesterday => sub =1 day
4 <cal>
1.2 the end of <grainp> => <grainp> end
0.4 the (start|beginning) of <grainp> => <grainp>
@dowdate
12 <dow> => weekday <dow> next
2 (this|this coming|coming|upcoming|the coming|the) <dow> => weekday <dow> next
12 (next|Next) <dow> => weekday <dow> +1
0.6 (next|Next) <dow> => weekday <dow> +2
0.45 (next|Next) <dow> => weekday <dow> next
1 (nxt|Nxt|nx|nexr) <dow> => weekday <dow> +1
0.5 (comming|cming|this cmg|ths) <dow> => weekday <dow> next
0.5 (lst|prev|prev.) <dow> => weekday <dow> prev
0.8 (the |)<dow> before last => weekday <dow> prev sub =1 week
0.5 <dow>[ of] (nxt|next) wk => weekday <dow> +1
0.4 (nxt|next) wk <dow> => weekday <dow> +1
0.4 <dow>[ of] this wk => weekday <dow> +0
2.5 [the |on the ](first |next |very next |)<dow> (after|following|past) <anchor> => <anchor> weekday <dow> next
2 [the |on the ](last |)<dow> (before|prior to|preceding|ahead of) <anchor> => <anchor> weekday <dow> prev
0.5 [the ](second|2nd) <dow> (after|following) <anchor> => <anchor> weekday <dow> next add =1 week
0.3 [the ](third|3rd) <dow> (after|following) <anchor> => <anchor> weekday <dow> next add =2 week
0.4 [the ](second|2nd) <dow> before <anchor> => <anchor> weekday <dow> prev sub =1 week
3 (last|past|previous|this past|the previous|last week's) <dow> => weekday <dow> prev
3 <dow>[ of| in|,] next week => weekday <dow> +1
0.6 the <dow> (of|in) next week => weekday <dow> +1
2 next week( on|) <dow> => weekday <dow> +1
1 (next weeks|next week's) <dow> => weekday <dow> +1
1 <dow>[ of] this week => weekday <dow> +0
1 this week( on|) <dow> => weekday <dow> +0
1 <dow>[ of] last week => weekday <dow> -1
1 last week[ on] <dow> => weekday <dow> -1
1 <dow> (after next|after the next) => weekday <dow> +2
1 <dow>[ of|,] the week after next => weekday <dow> +2
1 the week after next on <dow> => weekday <dow> +2
1 (<dow> week|a week on <dow>|a week from <dow>) => weekday <dow> next add =1 week
0.5 two weeks (on|from) <dow> => weekday <dow> next add =2 week
0.6 (<dow> fortnight|a fortnight on <dow>|fortnight on <dow>) => weekday <dow> next add =14 day
1 <dow> in {n:2-8} weeks => add $1 week weekday <dow> +0
1 in {n:2-8} weeks on <dow> => add $1 week weekday <dow> +0
0.6 {n:2-8} weeks ago( on| on|) <dow> => sub $1 week weekday <dow> +0
0.4 <dow> {n:2-8} weeks ago => sub $1 week weekday <dow> +0
0.4 (a|one) month from <dow> => weekday <dow> next add =1 month
1 [the ]following <dow> => weekday <dow> +1
0.12 [the ]following <dow> => weekday <dow> next
0.6 <dow> last => weekday <dow> prev
0.6 <dow> (from|of) last week => weekday <dow> -1
0.4 a week ago[ on] <dow> => weekday <dow> -1
1 {n:2-10} <dows> (from now|from today|hence) => weekday <dows> next add $1 week sub =1 week
0.3 in {n:2-10} <dows> => weekday <dows> next add $1 week sub =1 week
@anchor
6 <plaincal>
2 the {D:1-31} => day $1
0.7 the {o:1-31} => day $1
0.5 (today|tomorrow's date) => add =0 day
@cal
6 <mon> {d:1-31} => month_day <mon> $1
4 <mon> {D:1-31} => month_day <mon> $1
3 {d:1-31} <mon> => month_day <mon> $1
4 {D:1-31} (of |)<mon> => month_day <mon> $1
2 the {D:1-31} (of |)<mon> => month_day <mon> $1
2 the {o:1-31} of <mon> => month_day <mon> $1
2 <mon>( the|) {o:1-31} => month_day <mon> $1
1 <mon> the {D:1-31} => month_day <mon> $1
1.5 <mon>{E:1-31} => month_day <mon> $1
1 {o:1-31} (of |)<mon> => month_day <mon> $1
1 {d:1-31}[ ](-|/|)<mon> => month_day <mon> $1
6 <wd><plaincal> => <plaincal>
2 <plaincal>( |, | on )<paren> => <plaincal>
4 <mon> {d:1-31}(, | |,| of ){d:2000-2040} => year $2 month_day <mon> $1
3 <mon> {D:1-31}(, | |,| of ){d:2000-2040} => year $2 month_day <mon> $1
4 {d:1-31} <mon>(, | |,){d:2000-2040} => year $2 month_day <mon> $1
3 [the ]{D:1-31} (of |)<mon>(, | | of ){d:2000-2040} => year $2 month_day <mon> $1
1 the {o:1-31} of <mon>(, | ){d:2000-2040} => year $2 month_day <mon> $1
1 <mon> {o:1-31}(, | ){d:2000-2040} => year $2 month_day <mon> $1
1 {d:1-31}(-|/| |.)<mon>(-|/| |.|'| '){d:2000-2040} => year $2 month_day <mon> $1
1 {d:1-31}(-|/| |. )<mon>(-|/| |'| '){Y:20-34} => year $2 month_day <mon> $1
1 {d:1-31}<mon>{d:2000-2040} => year $2 month_day <mon> $1
1 <mon> {E:1-31}(, | '|'){Y:20-34} => year $2 month_day <mon> $1
1 {d:2000-2040}(-|/| )<mon>(-|/| ){x:1-31} => year $1 month_day <mon> $2
1 {d:2000-2040}, <mon> {E:1-31} => year $1 month_day <mon> $2
0.4 [the ]({D:1-31} of <mon>|{D:1-31} <mon>|{o:1-31} of <mon>)(, | ){t:2001-2040} => year $2 month_day <mon> $1
0.3 <mon> {E:1-31}, {t:2001-2040} => year $2 month_day <mon> $1
0.6 <mon> {E:1-31}(,|) next year => period year +1 month_day <mon> $1
0.6 [the ]{D:1-31} of <mon>(,|) next year => period year +1 month_day <mon> $1
0.4 <mon> {E:1-31}(,|) (this year) => period year +0 month_day <mon> $1
0.4 <mon> {E:1-31}(,|) last year => period year -1 month_day <mon> $1
6 {d:2000-2040}-{z:1-12}-{z:1-31} => year $1 month_day $2 $3
3 {d:2000-2040}(/|.|-){x:1-12}(/|.|-){x:1-31} => year $1 month_day $2 $3
1 {z:2000-2040}{z:1-12}{z:1-31} => year $1 month_day $2 $3
4 {x:1-12}/{x:1-31}/{d:1970-2040} => year $3 month_day $1 $2
1.5 {x:1-12}/{x:1-31}/{Y:20-36} => year $3 month_day $1 $2
1 {x:1-12}/{x:1-31}/{Y:0-99} => year $3 month_day $1 $2
0.6 {x:1-12}-{x:13-31}-{Y:0-99} => year $3 month_day $1 $2
0.6 {x:1-31}-{x:1-12}-{Y:0-99} => year $3 month_day $2 $1
0.6 {x:1-12}.{x:13-31}.{d:1970-2040} => year $3 month_day $1 $2
0.6 <mon>(-|/|.){x:1-31} => month_day <mon> $1
3 {x:13-31}/{x:1-12}/{d:1970-2040} => year $3 month_day $2 $1
1.5 {x:13-31}/{x:1-12}/{Y:20-36} => year $3 month_day $2 $1
1.5 {x:13-31}/{x:1-12}/{Y:0-99} => year $3 month_day $2 $1
0.12 {x:1-12}/{x:1-12}/{d:1970-2040} => year $3 month_day $2 $1
3 {x:1-31}.{x:1-12}.{d:1970-2040} => year $3 month_day $2 $1
2 {x:1-31}.{x:1-12}.{Y:20-36} => year $3 month_day $2 $1
0.8 {x:1-31}.{x:1-12}.{Y:0-99} => year $3 month_day $2 $1
3 {x:1-31}.[ ]{x:1-12}. => month_day $2 $1
2 {x:1-31}.{z:1-12} => month_day $2 $1
2 {x:1-31}-{x:1-12}-{d:1970-2040} => year $3 month_day $2 $1
0.8 {x:1-12}-{x:13-31}-{d:1970-2040} => year $3 month_day $1 $2
4 {x:1-12}/{x:1-31} => month_day $1 $2
2 {x:1-12}/{x:1-12} => month_day $1 $2
0.12 {x:1-12}/{x:1-12} => month_day $2 $1
2 {x:13-31}/{x:1-12} => month_day $2 $1
1 {x:1-12}-{x:13-31} => month_day $1 $2
5 the {D:1-31} => day $1
3 {D:1-31} => day $1
1 the {o:1-31} => day $1
1 (on the|by the|the) {D:1-31} of (the|this) month => period month +0 day $1
1 {D:1-31} of (the|this) month => period month +0 day $1
0.6 [the ]{o:1-31} of (the|this) month => period month +0 day $1
1 (the |){D:1-31} of next month => period month +1 day $1
1 next month[ on] the {D:1-31} => period month +1 day $1
0.6 the {o:1-31} of next month => period month +1 day $1
0.4 the {D:1-31} of last month => period month -1 day $1
4 <dow>( the|,| the|,| the|) {D:1-31} => day_on $1 <dow>
1 <dow>(, the| the|) {o:1-31} => day_on $1 <dow>
0.4 <dow> {d:2-31} => day_on $1 <dow>
1 [the ]{D:1-31}(,| on| on a|) <dow> => day_on $1 <dow>
0.5 <dow>( the|) {D:1-31} of (the|this) month => period month +0 day $1
0.5 <dow>( the|) {D:1-31} of next month => period month +1 day $1
0.3 {d:2000-2040}/{x:13-31}/{x:1-12} => year $1 month_day $3 $2
@plaincal
4 <mon> {d:1-31} => month_day <mon> $1
2 <mon> {D:1-31} => month_day <mon> $1
2 {d:1-31} <mon> => month_day <mon> $1
2 {D:1-31} (of |)<mon> => month_day <mon> $1
1 the {D:1-31} of <mon> => month_day <mon> $1
1 the {o:1-31} of <mon> => month_day <mon> $1
3 <mon> {E:1-31}(, | ){d:2000-2040} => year $2 month_day <mon> $1
3 {E:1-31} <mon>(, | ){d:2000-2040} => year $2 month_day <mon> $1
1 {d:2000-2040}-{z:1-12}-{z:1-31} => year $1 month_day $2 $3
1 {x:1-12}/{x:1-31} => month_day $1 $2
2 {x:1-31}.{x:1-12}. => month_day $2 $1
1 {x:1-31}.{x:1-12}.{d:1970-2040} => year $3 month_day $2 $1
1 {x:1-12}/{x:1-31}/{d:1970-2040} => year $3 month_day $1 $2
@wd
3 <dow>_
3 <dow>,_
1 <dow> the_
@paren
1 (<dow>)
1 <dow>
@period
4 (next|the next|the coming|coming|the following) week => period week +1
0.6 (nxt week|nxt wk|next wk|nx week|nextweek) => period week +1
0.4 (this wk|ths week) => period week +0
0.3 (lst wk|last wk|lst week) => period week -1
0.4 (nxt month|nxt mth|next mth|nxt mnth) => period month +1
0.3 (nxt yr|next yr|nxt year) => period year +1
0.3 (nxt wkend|nxt wknd|next wknd|next wkend|nxt weekend) => period weekend +1
0.3 (this wknd|ths wkend|the wkend|wknd) => period weekend +0
1 [the ]week before last => period week -2
1 [the ]month before last => period month -2
1 [the ]year before last => period year -2
0.5 [the ]quarter before last => period quarter -2
0.5 [the ]weekend before last => period weekend -2
0.6 [the ]weekend after next => period weekend +2
0.3 [the ]quarter after next => period quarter +2
0.6 (in |during |)[the ](second half of|2nd half of|latter half of|last half of|back half of)[ the year] {d:2000-2040} => year $1 add =6 month
0.5 (in |during |)[the ](first half of|1st half of)[ the year] {d:2000-2040} => year $1
0.7 (in |)(H|h)2( |/|-){d:2000-2040} => year $1 add =6 month
0.5 (in |)(H|h)1( |/|-){d:2000-2040} => year $1
0.4 {d:2000-2040}[ |-](H|h)2 => year $1 add =6 month
0.4 {d:2000-2040}[ |-](H|h)1 => year $1
0.6 (in |during |)[the ](second|2nd|latter) half of (the|this) year => period year +0 add =6 month
0.4 (in |during |)[the ](second|2nd) half of next year => period year +1 add =6 month
0.3 (in |during |)[the ](first|1st) half of (the|this) year => period year +0
0.4 (in |during |)[the ](first|1st) half of next year => period year +1
0.4 (in |during |)[the ](second|2nd) half of <mon> => month <mon> middle
0.3 (in |during |)[the ](second|2nd) half of (the|this) month => period month +0 middle
0.3 (in |during |)[the ](second|2nd) half of next month => period month +1 middle
1 this week => period week +0
1 (last|the past|the previous) week => period week -1
1 (the week after next|week after next|in two weeks' week) => period week +2
3 (next|the coming|the following|coming) month => period month +1
1 (this|the current) month => period month +0
1 (last|the previous) month => period month -1
1 [the ]month after next => period month +2
2 (next|the coming) year => period year +1
0.4 (in |)the new year => period year +1
1 this year => period year +0
1 (last|previous) year => period year -1
1 [the ]year after next => period year +2
2 (next|the next|coming) quarter => period quarter +1
0.5 (this|the current) quarter => period quarter +0
0.5 (last|previous) quarter => period quarter -1
0.4 [the |on the ]weekend of <plaincal> => <plaincal> period weekend +0
0.3 [the |on the ]weekend of the {D:1-31} => day $1 period weekend +0
3 (this weekend|this week-end|this wkend|the weekend|weekend|at the weekend|on the weekend|over the weekend|this coming weekend) => period weekend +0
2 (next weekend|the following weekend|weekend next week|the weekend after) => period weekend +1
1 (last weekend|this past weekend|the past weekend) => period weekend -1
4 (in|by|during|before|) <mon> => month <mon>
1 (this|this coming|coming) <mon> => month <mon>
1.5 (next|Next|nxt|in next) <mon> => month_next <mon>
1 (last|past|this past|the previous) <mon> => month_prev <mon>
0.3 (later|later on) (this week|in the week) => period week +0 late
0.3 later (this|in the) month => period month +0 late
0.4 {d:2000-2040}[-](W|w){z:1-53} => year $1 iso_week $2
0.4 (W|w){z:1-53} => iso_week $1
0.3 {Y:20-36}[ ](Q|q){d:1-4} => year $1 quarter $2
2 <mon>(, | | of ){d:2000-2040} => year $1 month <mon>
0.7 {x:1-12}/{d:2000-2040} => year $2 month $1
0.5 {d:2000-2040}-{z:1-12} => year $1 month $2
0.5 <mon> '{Y:20-36} => year $1 month <mon>
0.7 <mon> (next year|of next year) => period year +1 month <mon>
0.3 <mon> (last year|of last year) => period year -1 month <mon>
0.7 (early|beginning of|at the beginning of|start of|the start of|at the start of|the beginning of) <grainp> => <grainp>
6 (the end of|end of|at the end of|by the end of|end|at the end|by end of|the last day of|last day of) <grainp> => <grainp> end
2 (mid|mid-|middle of|the middle of|mid of|in the middle of) <grainp> => <grainp> middle
1 mid-<mon> => month <mon> middle
1 (late|late in) <grainp> => <grainp> late
2 (end of month|eom|EOM|month end|month's end|month-end|end of the month|the end of the month) => period month +0 end
2 (end of week|eow|EOW|the end of the week|end of the week|week's end|end of this week) => period week +0 end
1 (end of year|eoy|EOY|year end|year's end|end of the year|the end of the year) => period year +0 end
1 (end of quarter|eoq|EOQ|quarter end) => period quarter +0 end
1 (Q|q){d:1-4} => quarter $1
1 (Q|q){d:1-4}(/| |, |-){d:2000-2040} => year $2 quarter $1
0.6 {d:2000-2040}[ |-](Q|q){d:1-4} => year $1 quarter $2
0.6 (Q|q){d:1-4}(/| |'| '){Y:20-36} => year $2 quarter $1
1 [the ]{o:1-4} quarter => quarter $1
1 [the ]{D:1-4} (quarter|qtr) => quarter $1
0.8 [the ]{D:1-4} (quarter|qtr)( of|) {d:2000-2040} => year $2 quarter $1
0.6 [the ]{o:1-4} quarter( of|) {d:2000-2040} => year $2 quarter $1
1.5 (in|by|in the year|by the year|during) {d:2000-2040} => year $1
0.5 (year|the year|for the year|sometime in|anytime in|around|about|calendar year) {d:2000-2040} => year $1
1 (week|Week|calendar week|CW|cw|KW|kw|wk)[ ]{d:1-53} => iso_week $1
0.4 week {d:1-53} of {d:2000-2040} => year $2 iso_week $1
2 [in |during |by ]the week of <plaincal> => <plaincal> weekday mon +0
0.5 [in |during |by ]the week of the {D:1-31} => day $1 weekday mon +0
0.4 [the ]week (commencing|beginning|starting) <plaincal> => <plaincal>
@grainp
3 <mon> => month <mon>
2 <mon> {d:2000-2040} => year $1 month <mon>
2 (next|the next) week => period week +1
2 (this|the) week => period week +0
2 next month => period month +1
2 (this|the) month => period month +0
2 next year => period year +1
2 (this|the) year => period year +0
1 (this|the) quarter => period quarter +0
1 next quarter => period quarter +1
1 (last|the last) week => period week -1
1 last month => period month -1
1 last year => period year -1
1 (Q|q){d:1-4} => quarter $1
1 (Q|q){d:1-4} {d:2000-2040} => year $2 quarter $1
1 {d:2000-2040} => year $1
1 the {o:1-4} quarter => quarter $1
@nth
5 [the ]{o:1-5} <dow> (of|in) <monthly> => <monthly> nth $1 <dow>
2 [the ]{D:1-5} <dow> (of|in) <monthly> => <monthly> nth $1 <dow>
4 [the ]last <dow> (of|in) <monthly> => <monthly> nth =-1 <dow>
2 [the ]<butone> <dow> (of|in) <monthly> => <monthly> nth =-2 <dow>
1 [the ]<butone> day (of|in) <monthly> => <monthly> nth =-2 day
0.6 [the ]<butone> (working|business|work) day (of|in) <monthly> => <monthly> nth =-2 workday
0.4 [the ]<butone> week (of|in) <monthly> => <monthly> nth =-2 week
0.4 [the ]<butone> weekend (of|in) <monthly> => <monthly> nth =-2 weekend
0.5 [the ]<buttwo> <dow> (of|in) <monthly> => <monthly> nth =-3 <dow>
0.4 [the ]<buttwo> day (of|in) <monthly> => <monthly> nth =-3 day
0.3 [the ]<buttwo> (working|business) day (of|in) <monthly> => <monthly> nth =-3 workday
0.5 the last <dow> but one (of|in) <monthly> => <monthly> nth =-2 <dow>
0.4 the last day but one (of|in) <monthly> => <monthly> nth =-2 day
1 (the first|first) day of <monthly> => <monthly>
2 [the ]last day (of|in) <monthly> => <monthly> end
1 [the ]last (working|business) day (of|in) <monthly> => <monthly> nth =-1 workday
1 [the ]{o:1-5} (working|business) day (of|in) <monthly> => <monthly> nth $1 workday
1 [the ]{o:1-4} week (of|in) <monthly> => <monthly> nth $1 week
0.6 [the |on the ]{o:2-5} <dow> => nth $1 <dow>
0.4 [the ]{D:1-4} week (of|in) <monthly> => <monthly> nth $1 week
0.3 [the ]{D:1-4} weekend (of|in) <monthly> => <monthly> nth $1 weekend
0.5 [the ]last <dow> of <mon>,[ ]{d:2000-2040} => year $1 month <mon> nth =-1 <dow>
1 [the ]{o:1-4} weekend (of|in) <monthly> => <monthly> nth $1 weekend
1 [the ]last week (of|in) <monthly> => <monthly> nth =-1 week
1 [the ]last weekend (of|in) <monthly> => <monthly> nth =-1 weekend
1 (the first|first) of <monthly> => <monthly>
0.6 [the ]{o:1-20} day of <monthly> => <monthly> nth $1 day
1 (the closest|closest|the nearest) <dow> to <plaincal> => <plaincal> sub =4 day weekday <dow> next
@butone
3 (second to last|second-to-last|second last|2nd last|2nd to last|2nd-to-last|second from last|last but one)
2 (next to last|next-to-last|penultimate)
@buttwo
1 (third to last|third-to-last|third last|3rd last|3rd to last|third from last|last but two|antepenultimate)
@monthly
5 <mon> => month <mon>
2 <mon>( |, ){d:2000-2040} => year $1 month <mon>
3 (the|this) month => period month +0
3 next month => period month +1
0.6 last month => period month -1
1 (the|this) year => period year +0
1 next year => period year +1
0.4 the (new|coming|following) year => period year +1
0.6 (the|this) quarter => period quarter +0
0.6 next quarter => period quarter +1
0.5 {d:2000-2040} => year $1

@half
6 (pm|PM|pm|p.m.|Pm) => pm
6 (am|AM|am|a.m.|Am) => am
0.6 (p.m|P.M.|p m|P M) => pm
0.6 (a.m|A.M.|a m|A M) => am
0.5 p => pm
0.5 a => am
@inpart
2 in the morning => am
2 in the afternoon => pm
2 in the evening => pm
1 (at night|tonight) => late_hour
@bareclock
5 {n:1-11} => clock $1 =0
4 {d:1-12}(:|.){z:0-59} => clock $1 $2
1 half past {n:1-12} => clock $1 =30
1.5 <m5>[ minutes] (to|till|til|before) {n:1-12} => to $1 <m5>
0.7 <m5>[ minutes] (past|after) {n:1-12} => clock $1 <m5>
1 [a ]quarter (past|after) {n:1-12} => clock $1 =15
1 [a ]quarter to {n:1-12} => to $1 =15
0.7 {n:1-29}[ minutes] past {n:1-12} => clock $2 $1
0.7 {n:1-29}[ minutes] to {n:1-12} => to $2 $1
0.5 {w:1-12} {w:10-59} => clock $1 $2
@early
4 (this morning|early this morning|this coming morning) => add =0 day
5 <dayword> (morning|morning|in the morning|early) => <dayword>
@later
4 (this evening|this afternoon|later this evening|today evening|in the evening today) => add =0 day
4 <tonight> => add =0 day
6 <dayword> (evening|afternoon|night|in the evening|in the afternoon) => <dayword>
@at
4
4 at_
1 by_
1 around_
1 @
0.5 before_
0.5 about_
@time
10 {d:1-12}[ ]<half> => clock $1 =0 <half>
6 {d:1-12}:{z:0-59}[ ]<half> => clock $1 $2 <half>
1 {d:1-12}.{z:0-59}[ ]<half> => clock $1 $2 <half>
0.5 {d:1-12}:{z:0-59}:{z:0-59}[ ]<half> => clock $1 $2 <half>
4 {d:1-12}:{z:0-59} => clock $1 $2 guess
3 {d:13-23}:{z:0-59} => clock $1 $2 h24
2 {z:0-9}:{z:0-59} => clock $1 $2 h24
0.3 {d:0-0}:{z:0-59} => clock $1 $2 h24
0.3 {d:24-24}(:|.){z:0-0} => clock $1 $2 h24
2 <m5>[ minutes] (to|till|til|before) {n:1-12}[ ]<half> => to $1 <m5> <half>
1.5 <m5>[ minutes] (to|till|til|before) {n:1-12} <inpart> => to $1 <m5> <inpart>
1.5 <m5>[ minutes] (to|till|til|before|of) {n:1-12} => to $1 <m5> guess
1 <m5>[ minutes] (past|after) {n:1-12}[ ]<half> => clock $1 <m5> <half>
0.7 <m5>[ minutes] (past|after) {n:1-12} <inpart> => clock $1 <m5> <inpart>
0.7 <m5>[ minutes] (past|after) {n:1-12} => clock $1 <m5> guess
0.5 (quarter|a quarter|1/4) (til|till) {n:1-12}[ ]<half> => to $1 =15 <half>
0.4 12 midnight => part midnight
0.5 {z:0-23}:{z:0-59}:{z:0-59} => clock $1 $2 h24
0.7 {z:13-23}.{z:0-59} => clock $1 $2 h24
1 {d:0-23}[ ](h|hrs|hours|uhr|Uhr) => clock $1 =0 h24
1 {d:0-23}h{z:0-59} => clock $1 $2 h24
1 {z:0-23}:{z:0-59}[ ](h|hrs|hours|uhr|Uhr) => clock $1 $2 h24
1 {d:1300-1359}[ ](h|hrs|hours) => hhmm $1 h24
0.5 {d:1500-1559}[ ](h|hrs|hours) => hhmm $1 h24
0.7 {d:1700-1759}[ ](h|hrs|hours) => hhmm $1 h24
0.5 {d:2000-2059}[ ](h|hrs|hours) => hhmm $1 h24
2 {n:1-12} (o'clock|oclock|o clock|o’clock) => clock $1 =0 guess
2 {n:1-12} (o'clock|) <inpart> => clock $1 =0 <inpart>
1.5 {d:1-12}(:|.){z:0-59} <inpart> => clock $1 $2 <inpart>
0.5 {d:1-12}[:00][ ](pm|PM) in the (afternoon|evening) => clock $1 =0 pm
0.5 {d:1-12}[ ](am|AM) in the morning => clock $1 =0 am
0.6 {n:1-29}[ minutes] (past|after) {n:1-12} <inpart> => clock $2 $1 <inpart>
0.6 {n:1-29}[ minutes] (to|before) {n:1-12} <inpart> => to $2 $1 <inpart>
0.4 [a ]quarter (to|before) {n:1-12} <inpart> => to $1 =15 <inpart>
0.4 [a ]quarter (past|after) {n:1-12} <inpart> => clock $1 =15 <inpart>
0.4 {n:1-29}[ minutes] (to|before) midnight => to =0 $1 h24
0.4 {n:1-29}[ minutes] (to|before) noon => to =12 $1 h24
0.3 (a quarter|quarter) (to|before) midnight => to =0 =15 h24
0.3 (a quarter|quarter) (to|before) noon => to =12 =15 h24
0.3 {n:1-29}[ minutes] (past|after) noon => clock =12 $1 h24
1 {M:0-95}[ ](h|hrs|hours) => hhmm $1 h24
1 {n:1-12} <half> => clock $1 =0 <half>
2 (half past|half-past) {n:1-12} => clock $1 =30 guess
1 half past {n:1-12}( |)<half> => clock $1 =30 <half>
1 half past {n:1-12} <inpart> => clock $1 =30 <inpart>
1.5 [a ]quarter (past|after) {n:1-12} => clock $1 =15 guess
1 [a ]quarter (past|after) {n:1-12}[ ]<half> => clock $1 =15 <half>
1.5 [a ]quarter (to|of|before|til) {n:1-12} => to $1 =15 guess
1 [a ]quarter (to|of|before) {n:1-12}[ ]<half> => to $1 =15 <half>
1 {n:1-29}[ minutes] (past|after) {n:1-12} => clock $2 $1 guess
0.7 {n:1-29}[ minutes] (past|after) {n:1-12}[ ]<half> => clock $2 $1 <half>
1 {n:1-29}[ minutes] (to|before|til) {n:1-12} => to $2 $1 guess
0.7 {n:1-29}[ minutes] (to|before|of) {n:1-12}[ ]<half> => to $2 $1 <half>
1 {w:1-12}( |-){w:10-59} => clock $1 $2 guess
1 {w:1-12}( |-){w:10-59} <half> => clock $1 $2 <half>
0.7 {d:1-12} {z:10-59}[ ]<half> => clock $1 $2 <half>
1.5 {m:4-51}[ ]<half> => hhmm $1 <half>
0.5 {w:1-12} oh {w:1-9}[ ]<half> => clock $1 $2 <half>
0.3 {w:1-12} oh {w:1-9} => clock $1 $2 guess
0.4 {d:1-12}:{z:0-59}( ish|-ish|ish| sharp| or so) => clock $1 $2 guess
0.4 {d:1-12}(ish|-ish) => clock $1 =0 guess
0.5 {n:1-12} (ish|-ish) <half> => clock $1 =0 <half>
0.5 {d:1-12}[ ]<half>(-ish| ish| sharp| or so| exactly| on the dot| approximately) => clock $1 =0 <half>
0.4 <half> {d:1-12} => clock $1 =0 <half>
2 (noon|midday|mid day|12 noon|high noon) => part noon
1 (lunchtime|at lunch|at lunchtime|around lunchtime) => part noon
1 midnight => part midnight
2 (in the morning|early in the morning|first thing in the morning) => part morning
2 in the afternoon => part afternoon
2 in the evening => part evening
1.5 (at night|late at night) => part night
1 (eod|EOD|cob|COB|end of day|the end of the day|close of business|end of business|close of play) => part eod
0.7 {d:1-11}(-| - |–){d:2-12}[ ]<half> => clock $1 =0 <half>
0.2 {d:1-4} to {d:2-12}[ ]<half> => clock $1 =0 <half>
0.2 {d:6-9} to {d:2-12}[ ]<half> => clock $1 =0 <half>
1 {d:1-12}[ ]<half>(-| - |–| to | until ){d:1-12}[ ]<half> => clock $1 =0 <half>
1 {z:0-23}:{z:0-59}(-| - |–| to | until ){z:0-23}:{z:0-59} => clock $1 $2 h24
0.5 {d:1-9}:{z:0-59}(-| - |–| to | until ){d:1-12}:{z:0-59} => clock $1 $2 guess
0.7 {d:1-12}:{z:0-59}(-| - |–| to ){d:1-12}:{z:0-59}[ ]<half> => clock $1 $2 <half>
1 (between|from) {d:1-11}[:00] (and|to|until) {d:1-12}[ ]<half> => clock $1 =0 <half>
0.3 (between|from) {d:13-22}:{z:0-59} (and|to|until) {d:13-23}:{z:0-59} => clock $1 $2 h24
0.3 (between|from) {d:1-12}:{z:0-59} (and|to|until) {d:1-12}:{z:0-59} => clock $1 $2 guess
@timeonly
6 (at|at|at|@|by|before|until|around) {n:1-12} => clock $1 =0 guess
1 (at|by|@) {d:1400-1459} => hhmm $1 h24
1 (at|by|@) {d:1700-1759} => hhmm $1 h24
1 (at|by|@) {d:900-959} => hhmm $1 h24
1.5 (at|by|@) {M:0-95} => hhmm $1 h24
1 (at|by|@|around) {m:4-51} => hhmm $1 guess
6 (at|by|@|before|around|about|until|from|after|at about|at around) <time> => <time>
1 {n:1-12} ish => clock $1 =0 guess
1 half {n:1-12} => clock $1 =30 guess
@m5
1 {n:5-5} => $1
1.3 {n:10-10} => $1
1 {n:20-20} => $1
1 {n:25-25} => $1
@eod
2 (eod|EOD|cob|COB|eob|EOB|end of day|close of business|end of business|close of play)
1 (the end of business|the close of business|end of the day|the end of the day|end of the working day|end of work|end of the workday|business close)
@tonight
5 (tonight|Tonight)
2 (tonite|2nite|2night|to-night|tnite|tonigt|later tonight|late tonight|this night)
@instant
2 <eod>[ on] <dayword> => <dayword> part eod
1 (by|at|before|until) <eod>[ on| of] <dayword> => <dayword> part eod
1 <dayword>(,| by| at| before|) <eod> => <dayword> part eod
1 (midnight tonight|tonight at midnight|midnight of today|tonight midnight|at midnight tonight|tonight, midnight|today at midnight|by midnight tonight) => add =1 day part midnight
0.5 midnight(,| on| of|) <tonight> => add =1 day part midnight
0.6 <tonight>( at | @ |, | ){n:12-12}[ midnight| o'clock] => add =0 day clock $1 =0 late_hour
0.5 [at ]{n:12-12} <tonight> => add =0 day clock $1 =0 late_hour
0.4 <tonight>( at | @ | )12[ ](am|AM) => add =1 day part midnight
0.4 12[ ](am|AM) <tonight> => add =1 day part midnight
0.4 <tonight>( at | @ | ){d:24-24}:00 => add =0 day clock $1 =0 h24
0.4 [at ]{d:24-24}:00 (tonight|today) => add =0 day clock $1 =0 h24
0.4 <tonight>( at | @ | )(half past 12|12:30|12.30) => add =1 day clock =0 =30 h24
0.6 last night( at | @ |, | around ){n:6-11} => sub =1 day clock $1 =0 pm
0.4 last night( at | @ |, ){d:6-11}:{z:0-59}[ ][pm] => sub =1 day clock $1 $2 pm
0.6 [at |around ]{n:6-11}[ o'clock|pm| pm] last night => sub =1 day clock $1 =0 pm
0.4 [at ]{d:6-11}:{z:0-59}[pm| pm] last night => sub =1 day clock $1 $2 pm
0.5 [the ](night|evening) before last => sub =2 day part night
0.6 [the ]night before[ that] <plaincal> => <plaincal> sub =1 day part night
1.5 [in ]<hourhalf> => add =1 hour add =30 minute
0.6 <hourhalf> (from now|later) => add =1 hour add =30 minute
0.6 <hourhalf> (ago|earlier|back) => sub =1 hour sub =30 minute
1 (in |within |){d:2-12}( 1/2|½| ½|-1/2| and 1/2| & a half) (hours|hrs|hr|h) => add $1 hour add =30 minute
0.6 in {n:2-12}-and-a-half (hours|hrs) => add $1 hour add =30 minute
0.6 {n:2-12}( and a half| 1/2|½) (hours|hrs) (ago|back) => sub $1 hour sub =30 minute
0.4 {n:2-12}( and a half| 1/2|½) (hours|hrs) (from now|later) => add $1 hour add =30 minute
0.5 in (an hour and a quarter|one and a quarter hours|1 1/4 hours|1¼ hours) => add =1 hour add =15 minute
0.4 in {n:2-9}( and a quarter| 1/4) hours => add $1 hour add =15 minute
0.4 in {n:2-9}( and three quarter| 3/4) hours => add $1 hour add =45 minute
1.6 {z:2000-2040}{z:1-12}{z:1-31}(T|t){z:0-23}{z:0-59}{z:0-59}[Z] => year $1 month_day $2 $3 clock $4 $5 h24
0.3 {z:2000-2040}{z:1-12}{z:1-31}(T|t){M:40-95}[Z] => year $1 month_day $2 $3 hhmm $4 h24
0.4 {z:2000-2040}{z:1-12}{z:1-31}( | at ){z:0-23}:{z:0-59} => year $1 month_day $2 $3 clock $4 $5 h24
0.5 {n:1-14} nights (from now|from today|hence) => add $1 day part night
0.4 {n:1-14} nights ago => sub $1 day part night
0.3 in {n:2-14} nights => add $1 day part night
0.3 {n:1-14} (mornings|evenings) (from now|hence) => add $1 day
1 (justnow|asofnow|fromnow|right-now|rite now|rightt now|untilnow) => add =0 minute
0.5 (now now|as of right now|from right now|starting right now|right about now|effective right now) => add =0 minute
3 (now|right now|right now|just now|at this moment|as of now|immediately|this minute|this instant) => add =0 minute
8 (in|in|within|in about|after) {n:1-90} <clockunit> => add $1 <clockunit>
2 in (around|roughly|approximately|approx|approx.|about|some|under|less than|no more than|maybe|exactly) {n:1-90} <clockunit> => add $1 <clockunit>
0.5 {d:1-12}.5 (hours|hrs|h) (ago|back|earlier) => sub $1 hour sub =30 minute
3 {n:1-90} <clockunit> (from now|later|hence) => add $1 <clockunit>
3 {n:1-90} <clockunit> (ago|back|earlier) => sub $1 <clockunit>
2 (in|within) (an|one|a) (hour|hr) => add =1 hour
1 (an|one) hour (from now|later|hence) => add =1 hour
1 (an|one) hour ago => sub =1 hour
1.2 (in 1/2 hour|in 1/2 an hour|in ½ hour|1/2 hour from now|in 1/2 hr|in half an hr) => add =30 minute
2 (in half an hour|a half hour from now|in 1/2 hour|in 1/2 an hour|in a half hour|in half hour|half an hour from now|in a half an hour|within half an hour) => add =30 minute
1 half an hour ago => sub =30 minute
1 (in a quarter of an hour|in a quarter hour|in quarter of an hour) => add =15 minute
1 in three quarters of an hour => add =45 minute
1 (in |){n:2-12} and (a|an) half hours[ from now] => add $1 hour add =30 minute
0.7 in {d:1-12}.5 (hours|hrs|h) => add $1 hour add =30 minute
0.5 {d:1-12}.5 (hours|hrs) from now => add $1 hour add =30 minute
1 in {n:1-12} (hours|hour|h)(,| and|) {n:1-59} (minutes|mins|minute|min|m) => add $1 hour add $2 minute
1 (in |+){d:1-12}h[ ]{d:1-59}(m|min) => add $1 hour add $2 minute
1 (in |+){d:1-24}(h| h) => add $1 hour
1 (in |+){d:5-90}(m|min|'|mn) => add $1 minute
1 in a couple [of ](hours|hrs) => add =2 hour
0.5 in a few hours => add =3 hour
1 (in an hour|an hour|one hour|1 hour)( and|,|) {n:2-59} (minutes|mins|min)( from now| later|) => add =1 hour add $1 minute
1 {n:1-12} (hours|hour|hrs|h)(,| and|) {n:1-59} (minutes|mins|min) (from now|later) => add $1 hour add $2 minute
1 {n:1-12} (hours|hour|hrs|h)(,| and|) {n:1-59} (minutes|mins|min) (ago|earlier) => sub $1 hour sub $2 minute
0.6 (in |){n:1-9} (days|day|d)(,| and|) {n:1-23} (hours|hour|h) from now => add $1 day add $2 hour
0.6 in {n:1-9} (days|day|d)(,| and|) {n:1-23} (hours|hour|h) => add $1 day add $2 hour
0.6 {n:1-9} (days|day|d)(,| and|) {n:1-23} (hours|hour|h) ago => sub $1 day sub $2 hour
0.6 in {d:1-12}h{d:5-59} => add $1 hour add $2 minute
0.6 in {n:1-90} (seconds|secs|second|sec|s) => add =0 minute
0.4 {n:1-90} (seconds|secs|second) (from now|ago) => add =0 minute
0.6 in {d:91-400} (minutes|mins|min) => add $1 minute
0.5 in {d:25-120} (hours|hrs|h) => add $1 hour
0.5 {d:25-120} (hours|hrs|h) (ago|earlier) => sub $1 hour
0.5 (half an hour|a half hour|30 min) (later|hence) => add =30 minute
0.5 (a quarter of an hour|a quarter hour) (from now|later) => add =15 minute
0.5 a quarter of an hour ago => sub =15 minute
0.4 (a minute|one minute) ago => sub =1 minute
1 (a minute|one minute) from now => add =1 minute
1 (in a minute|in a sec|in one minute|in 1 minute) => add =1 minute
1 in a few minutes => add =5 minute
2 <tonight> => add =0 day part night
2 (this evening|today evening|later this evening|early this evening) => add =0 day part evening
2 (this afternoon|today afternoon|later this afternoon) => add =0 day part afternoon
2 (this morning|early this morning|later this morning) => add =0 day part morning
1 (later today|today) (eod|by eod|end of day) => add =0 day part eod
1 (by |at |)(the end of the day|end of the day|the end of today|end of today) => add =0 day part eod
1 <dayword> (morning|in the morning|first thing|early) => <dayword> part morning
1 <dayword> (afternoon|in the afternoon) => <dayword> part afternoon
1 <dayword> (evening|in the evening) => <dayword> part evening
1 <dayword> (night|at night) => <dayword> part night
1 <dayword> (noon|midday|at noon|lunchtime|at lunch) => <dayword> part noon
1 (morning|afternoon) of <plaincal> => <plaincal> part morning
0.6 (morning of|the morning of|on the morning of) <plaincal> => <plaincal> part morning
0.6 (evening of|the evening of|on the evening of) <plaincal> => <plaincal> part evening
1 (midnight|at midnight) => part midnight
1 last night => sub =1 day part night
1 yesterday (evening|night) => sub =1 day part evening
2 <tonight>( at | @ | ){n:5-11}[ (o'clock)] => add =0 day clock $1 =0 pm
2 <tonight>( at | @ | |, ){d:5-11}[ ](pm|PM) => add =0 day clock $1 =0 pm
2.5 <tonight>( at | @ | ){d:5-11}:{z:0-59} => add =0 day clock $1 $2 pm
1 {n:1-11}[ ](pm|PM|o'clock|) <tonight> => add =0 day clock $1 =0 pm
1 at {n:5-11} <tonight> => add =0 day clock $1 =0 pm
1 <dayword> (night|evening) at {n:5-11} => <dayword> clock $1 =0 pm
1 <dayword> (morning) at {n:5-11} => <dayword> clock $1 =0 am
1 <dayword> (afternoon) at {n:1-5} => <dayword> clock $1 =0 pm
1 this (morning) at {n:5-11} => add =0 day clock $1 =0 am
1 this (afternoon|evening) at {n:1-9} => add =0 day clock $1 =0 pm
3 <dayword> (at|at|before|by|after|around) {n:1-12} => <dayword> clock $1 =0 guess
1 {n:1-12} tomorrow => add =1 day clock $1 =0 guess
4 <at><bareclock>(|,| o'clock) <early> => <early> <bareclock> am
6 <at><bareclock>(|,| o'clock) <later> => <later> <bareclock> pm
3 <early>( at | | @ |, | at about | by )<bareclock> => <early> <bareclock> am
5 <later>( at | | @ |, | at about | by )<bareclock> => <later> <bareclock> pm
1 <early>( at | |, )<bareclock>[ ](am|AM|a.m.) => <early> <bareclock> am
2 <later>( at | |, )<bareclock>[ ](pm|PM|p.m.) => <later> <bareclock> pm
1 <at><bareclock>[ ](am|AM|a.m.) <early> => <early> <bareclock> am
2 <at><bareclock>[ ](pm|PM|p.m.) <later> => <later> <bareclock> pm
1 <tonight>( at | ){d:5-11}:{z:0-59}[ ](pm|PM) => add =0 day clock $1 $2 pm
1 {d:5-11}:{z:0-59} <tonight> => add =0 day clock $1 $2 pm
1 <dayword>, {n:1-12} (o'clock|) <inpart> => <dayword> clock $1 =0 <inpart>
3 {d:2000-2040}-{z:1-12}-{z:1-31}(T| |t){z:0-23}:{z:0-59} => year $1 month_day $2 $3 clock $4 $5 h24
1 {d:2000-2040}-{z:1-12}-{z:1-31}(T| ){z:0-23}:{z:0-59}:{z:0-59}[Z] => year $1 month_day $2 $3 clock $4 $5 h24
1 {x:1-31}.{x:1-12}.{d:2000-2040}( | at |, ){z:0-23}:{z:0-59} => year $3 month_day $2 $1 clock $4 $5 h24
1 <thistime> next (week|wk) => add =1 week add =0 minute
0.5 <thistime> next month => add =1 month add =0 minute
0.5 <thistime> next year => add =1 year add =0 minute
0.5 <thistime>[ on] <dow> => weekday <dow> next add =0 minute
0.3 <thistime> next <dow> => weekday <dow> +1 add =0 minute
0.5 <thistime> yesterday => sub =1 day add =0 minute
0.4 <thistime> last week => sub =1 week add =0 minute
0.3 <thistime> last month => sub =1 month add =0 minute
0.3 <thistime> last year => sub =1 year add =0 minute
0.5 <thistime> (in {n:2-14} <unit>|{n:2-14} <unit> from now) => add $1 <unit> add =0 minute
1 <thistime> (tomorrow|tmrw|tmr) => add =1 day add =0 minute
0.3 (tomorrow|tmrw)[,| at| around] (this time|the same time|same time) => add =1 day add =0 minute
0.4 <thistime> the day after tomorrow => add =2 day add =0 minute
0.8 <wd><mon> {d:1-31} {z:0-23}:{z:0-59}:{z:0-59} {d:2000-2040} => year $5 month_day <mon> $1 clock $2 $3 h24
0.8 <wd>{z:1-31} <mon> {d:2000-2040} {z:0-23}:{z:0-59}:{z:0-59}[ GMT] => year $2 month_day <mon> $1 clock $3 $4 h24
0.8 {d:2000-2040}-{z:1-12}-{z:1-31}T{z:0-23}:{z:0-59}:{z:0-59}+{z:0-12}:00 => year $1 month_day $2 $3 clock $4 $5 h24
0.6 {d:2000-2040}/{z:1-12}/{z:1-31}( |, ){z:0-23}:{z:0-59}[:00] => year $1 month_day $2 $3 clock $4 $5 h24
@thistime
3 (this time|same time|at this time|the same time|at the same time)
1 (around this time|about this time|at this hour|this exact time|this very time|this same time|same hour)
@hourhalf
1 (an hour and a half|one and a half hours|1 hour and a half|one hour and a half|one-and-a-half hours|1 1/2 hours|1½ hours|1 and a half hours|1-1/2 hours|1.5 hours|1 1/2 hrs|an hour and half)
@dayword
4 (tomorrow|tmrw|tmr|Tomorrow) => add =1 day
0.6 (2moro|2morrow|tmw|tomoz|tomoro|tmrrw) => add =1 day
1 today => add =0 day
4 <dow> => weekday <dow> next
2 (next|Next) <dow> => weekday <dow> +1
1 this <dow> => weekday <dow> next
2 <plaincal> => <plaincal>
1 (the |)day after tomorrow => add =2 day
0.5 yesterday => sub =1 day
0.5 last <dow> => weekday <dow> prev
1 the {D:1-31} => day $1
@range
3 (from |between |)<dow>(-| - |–| to | and | through | thru | until ) <dow> => weekday <dow> next
3 <mon> {E:1-15}(-| - |–| to | through ){E:16-31} => month_day <mon> $1
2 (from |){E:1-15}(-| - |–| to ){E:16-31} <mon> => month_day <mon> $1
2 (from |between |)<plaincal>( - |–| to | until | through | and )<plaincal> => <plaincal>
1 {d:1-15}.(-|–){d:16-31}.{x:1-12}. => month_day $3 $1
1 (from |)<mon> to <mon> => month <mon>
1 (from |)<tt> (to|until|till|through) <dow> => <tt>
@tt
1 tomorrow => add =1 day
1 today => add =0 day
@every
5 (every|each) <dow> => every =1 week weekday <dow> next
3 (every other|every second|each other|every alternate) <dow> => every =2 week weekday <dow> next
3 (every|each) {n:2-12} <unit> => every $1 <unit>
3 (every|each) <one> => every =1 <one>
1 every other <one> => every =2 <one>
1 (every second) <one> => every =2 <one>
2 (daily|every day|everyday|each day) => every =1 day
2 (weekly|once a week|every week) => every =1 week
2 (monthly|once a month|every month) => every =1 month
1 (yearly|annually|once a year|every year) => every =1 year
1 (quarterly|every quarter|once a quarter) => every =1 quarter
1 (biweekly|bi-weekly|fortnightly|every fortnight|every other week) => every =2 week
1 (hourly|every hour) => every =1 hour
1 every {n:2-24} hours => every $1 hour
2 (every weekday|every workday|on weekdays|weekdays|every working day|every business day) => every =1 workday
2 (every weekend|on weekends|weekends|each weekend) => every =1 weekend
2 (on |)<dows> => every =1 week weekday <dows> next
2 (every|each) <dow>( at | |, |@)<time> => every =1 week weekday <dow> next <time>
1 <dows>( at | |, )<time> => every =1 week weekday <dows> next <time>
2 (every day|daily|each day|everyday)( at | @ |, )<time> => every =1 day <time>
1 (every weekday|weekdays|every workday) at <time> => every =1 workday <time>
1 (weekly|every week) on <dow> => every =1 week weekday <dow> next
1 (weekly|every week) on <dow> at <time> => every =1 week weekday <dow> next <time>
1 (every morning|each morning|mornings) => every =1 day part morning
1 (every evening|each evening|evenings) => every =1 day part evening
1 (every night|each night|nightly) => every =1 day part night
1 (every afternoon) => every =1 day part afternoon
2 (every|each) <dow> (morning) => every =1 week weekday <dow> next part morning
1 (every|each) <dow> (evening|night) => every =1 week weekday <dow> next part evening
2 (every|each) month on the {D:1-31} => every =1 month day $1
2 (on |)the {D:1-31} of (every|each) month => every =1 month day $1
1 (every|each) {D:1-31}[ of the month] => every =1 month day $1
1 monthly on the {D:1-31} => every =1 month day $1
1 (on |)the (first|1st) of (every|each) month => every =1 month day =1
1 (every|each) (first|1st) of the month => every =1 month day =1
1 (every {o:1-4} <dow> of the month|the {o:1-4} <dow> of every month|{o:1-4} <dow> of (each|every) month) => every =1 month nth $1 <dow>
1 (every|each) last <dow> of the month => every =1 month nth =-1 <dow>
1 [the ]last <dow> of (every|each) month => every =1 month nth =-1 <dow>
1 (at the end of|the end of|the last day of|end of) (every|each) month => every =1 month period month +0 end
2 (every|each) (year on |)<plain> => every =1 year <plain>
1 yearly on <plain> => every =1 year <plain>
1 every <mon> => every =1 year month <mon>
1 {n:2-6} times a week => every =1 week
@plain
3 <mon> {E:1-31} => month_day <mon> $1
1 {D:1-31} (of |)<mon> => month_day <mon> $1
"""

ENGLISH = Grammar(RULES)
