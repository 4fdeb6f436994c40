"""How Chinese writes times on lists of things to do."""

from __future__ import annotations

from worklens.reading.phrases.grammar import Grammar

RULES = r"""
@bare
1 <said>
@phrase
40 <said>
0.1 {Y:13-36}(/|.|-){x:1-12}(/|.|-){x:1-31} => year $1 month_day $2 $3
@said
38 <date>
22 <date><gap><time> => <date> <time>
8 <dayword><gap><time> => <dayword> <time>
6 <time>
8 <every>
11 <instant>
3 <range>
3 <date><tail> => <date>
1 <date>(晚|夜|当晚) => <date> part night
3 <pre><date> => <date>
2 <pre><date><gap><time> => <date> <time>
1 <pre><time> => <time>
1 <date><gap><time><tail> => <date> <time>
0.5 <pre><instant> => <instant>
0.7 <date>早 => <date> part morning
2 <time><tail> => <time>
0.7 <date>（<time>） => <date> <time>
1.5 <time>(，| |)<date> => <date> <time>
@pre
2 在
1 于
1 到
1 (最迟|最晚|不晚于|不迟于|截至|截止到|截止)
1 (约|大约|大概|大致|差不多|预计|定于|定在|改到|推迟到|安排在)
@gap
6
1 _
1 的
0.5 ，
@tail
1 之前
2 前
1 以前
1 截止
1 左右
@unit
3 天 => day
1 日 => day
1 (个工作日|个工作天) => workday
2 (周|个星期|个礼拜|星期|个周|礼拜) => week
2 个月 => month
2 年 => year
0.4 个季度 => quarter
@clockunit
2 (个小时|小时|个钟头|个钟) => hour
2 (分钟|分) => minute
0.3 (h|H|hr|hrs|小時) => hour
0.3 (min|mins|分鐘) => minute
@after
4 后
2 以后
2 之后
@before
4 前
1 以前
1 之前
@num
6 一 => mon
6 二 => tue
6 三 => wed
6 四 => thu
6 五 => fri
6 六 => sat
4 日 => sun
4 天 => sun
0.6 1 => mon
0.6 2 => tue
0.6 3 => wed
0.6 4 => thu
0.6 5 => fri
0.6 6 => sat
@week
4 周
3 星期
2 礼拜
0.3 週
@date
24 <rel>
28 <dowdate>
28 <cal>
18 <period>
3 <nth>
@rel
5 今天 => add =0 day
1 (今日|今儿|本日|当天) => add =0 day
7 (明天|明日|明儿|明个|翌日) => add =1 day
6 (后天|後天|后日|后儿) => add =2 day
3 大后天 => add =3 day
0.4 大大后天 => add =4 day
2 (昨天|昨日|昨儿) => sub =1 day
2 (前天|前日|前儿) => sub =2 day
1 大前天 => sub =3 day
8 {l:1-60}<unit><after> => add $1 <unit>
2 [再](过|等){l:1-60}<unit> => add $1 <unit>
1 (过|再过){l:1-60}<unit><after> => add $1 <unit>
2 {c:60-400}<unit><after> => add $1 <unit>
1 {c:60-400}<unit><before> => sub $1 <unit>
1 {l:1-9}年[零]{l:1-11}个月<after> => add $1 year add $2 month
1 {l:1-9}年[零]{l:1-11}个月<before> => sub $1 year sub $2 month
1 {l:1-11}个月[零]{l:1-29}天<after> => add $1 month add $2 day
0.7 {l:1-11}个月[零]{l:1-29}天<before> => sub $1 month sub $2 day
0.5 {l:1-8}(周|个星期)[零]{l:1-6}天<after> => add $1 week add $2 day
1 (过去|前|上|最近|近|之前|早前){l:2-30}<unit> => sub $1 <unit>
1 (后|下|往后|以后|之后|接着|此后){l:2-30}<unit> => add $1 <unit>
0.7 从(今天|现在)(起|开始|算起){l:1-60}<unit>[后|内] => add $1 <unit>
0.5 (距今|离现在|距离现在)[还有]{l:1-60}<unit> => add $1 <unit>
0.5 {l:1-60}<unit>(过后|后的今天|开外|时间后) => add $1 <unit>
1 (一两天|两三天)<after> => add =2 day
0.5 (十天半个月)<after> => add =10 day
0.5 (一个多月)<after> => add =1 month
0.5 半年多<after> => add =6 month
2 {l:1-60}<unit>(内|之内|以内) => add $1 <unit>
1 (未来|接下来|今后){l:1-60}<unit>[内] => add $1 <unit>
3 {l:1-60}<unit><before> => sub $1 <unit>
0.8 [再过|过]{p:2-3}<paired><after> => add $1 <paired>
0.4 {p:2-3}<paired><before> => sub $1 <paired>
1 半个月<after> => add =15 day
1 半个月<before> => sub =15 day
1 半年<after> => add =6 month
1 半年<before> => sub =6 month
1 (一个半月)<after> => add =1 month add =15 day
1 {l:1-9}年半<after> => add $1 year add =6 month
0.7 {l:1-9}年半<before> => sub $1 year sub =6 month
0.5 {l:1-9}个半月<before> => sub $1 month sub =15 day
1 {l:1-9}个半月<after> => add $1 month add =15 day
1 (几天|数天)<after> => add =3 day
0.5 (几个月)<after> => add =3 month
1 <base>(的|){l:1-20}<unit><after> => <base> add $1 <unit>
0.7 (次日|第二天|隔天) => add =1 day
0.7 (听日|聽日|第日|第二日) => add =1 day
0.7 (琴日|尋日|寻日) => sub =1 day
0.5 (前一天|前一日|头一天) => sub =1 day
0.5 (后一天|后一日|转天|来日) => add =1 day
0.5 (上一个工作日|上个工作日|前一个工作日) => sub =1 workday
0.5 (上个月的今天|上月今日|上个月今天) => sub =1 month
0.5 (去年的今天|去年今日|去年今天) => sub =1 year
0.5 (上周的今天|上周今天) => sub =1 week
0.5 (下礼拜的今天|下星期今天) => add =1 week
0.7 (下一个工作日|下个工作日|下一工作日) => add =1 workday
0.5 (下个月的今天|下月今日|下个月今天) => add =1 month
0.5 (明年的今天|明年今日|明年今天) => add =1 year
0.5 (下周的今天|下周今天) => add =1 week
@paired
2 月 => month
1 (星期|礼拜) => week
@base
2 明天 => add =1 day
2 今天 => add =0 day
2 <dowdate>
2 <plaincal>
@dowdate
10 <week><num> => weekday <num> next
6 (这|本|这个|今|当)<week><num> => weekday <num> +0
0.5 (今个|今個)<week><num> => weekday <num> +0
12 (下|下个|下一|下一个)<week>[的]<num> => weekday <num> +1
3 (下下|下下个|下下一)<week><num> => weekday <num> +2
1 (下周|下个星期|下星期|下礼拜|下个礼拜)的<week><num> => weekday <num> +1
0.7 (上周|上个星期|上星期|上礼拜|上个礼拜)的<week><num> => weekday <num> -1
0.6 (这周|本周|这个星期|这星期)的<week><num> => weekday <num> +0
4 (上|上个|上一|上一个)<week>[的]<num> => weekday <num> -1
1 (上上|上上个)<week><num> => weekday <num> -2
1 (下一个|下个)<week><num> => weekday <num> +1
0.6 最近的<week><num> => weekday <num> next
0.6 (前一个|上一个)<week><num> => weekday <num> -1
0.5 {l:2-8}(周|个星期)后的<week><num> => add $1 week weekday <num> +0
0.4 {l:2-8}(周|个星期)前的<week><num> => sub $1 week weekday <num> +0
0.5 (最近一个|最近的一个|即将到来的|这一个|往后第一个)<week><num> => weekday <num> next
0.5 (再下个|再下)<week><num> => weekday <num> +2
@hao
5 号
4 日
0.3 號
@cal
10 {c:1-12}月{c:1-31}<hao> => month_day $1 $2
2 {c:1-12}月{c:1-31} => month_day $1 $2
1 {c:1-12}月份{c:1-31}<hao> => month_day $1 $2
0.8 元月{c:1-31}[<hao>] => month_day jan $1
0.6 {y:2000-2040}年元月{c:1-31}<hao> => year $1 month_day jan $2
0.4 (明年)元月{c:1-31}<hao> => period year +1 month_day jan $1
0.4 (大前年){c:1-12}月{c:1-31}<hao> => period year -3 month_day $1 $2
0.4 (大后年){c:1-12}月{c:1-31}<hao> => period year +3 month_day $1 $2
0.6 (前年){c:1-12}月{c:1-31}<hao> => period year -2 month_day $1 $2
1 {c:1-12}月的{c:1-31}<hao> => month_day $1 $2
8 {y:2000-2040}年{c:1-12}月{c:1-31}<hao> => year $1 month_day $2 $3
1 {Y:20-36}年{c:1-12}月{c:1-31}<hao> => year $1 month_day $2 $3
0.5 {y:1970-2040}年{c:1-12}月{c:1-31} => year $1 month_day $2 $3
3 (明年){c:1-12}月{c:1-31}<hao> => period year +1 month_day $1 $2
2 (今年|本年){c:1-12}月{c:1-31}<hao> => period year +0 month_day $1 $2
1 (去年){c:1-12}月{c:1-31}<hao> => period year -1 month_day $1 $2
1 (后年){c:1-12}月{c:1-31}<hao> => period year +2 month_day $1 $2
6 {c:1-31}<hao> => day $1
3 (下个月|下月|下个月的){c:1-31}<hao> => period month +1 day $1
3 (这个月|本月|这月|当月|这个月的){c:1-31}<hao> => period month +0 day $1
1 (上个月|上月){c:1-31}<hao> => period month -1 day $1
0.6 (下下个月|下下月){c:1-31}<hao> => period month +2 day $1
2 <plaincal>（<wday>） => <plaincal>
1.2 <plaincal>（<num>） => <plaincal>
1 <plaincal>[，|,| ]<wday> => <plaincal>
1 <wday>[，| ]<plaincal> => <plaincal>
2 {c:1-31}<hao>[ |，|（]<week><num> => day_on $1 <num>
2 <week><num>[ |，|的]{c:1-31}<hao> => day_on $1 <num>
6 {d:2000-2040}-{x:1-12}-{x:1-31} => year $1 month_day $2 $3
3 {d:2000-2040}(/|.){x:1-12}(/|.){x:1-31} => year $1 month_day $2 $3
0.6 {z:2000-2040}{z:1-12}{z:1-31} => year $1 month_day $2 $3
3 {x:1-12}/{x:1-31} => month_day $1 $2
1 {x:1-12}.{x:1-31} => month_day $1 $2
1 {x:1-12}-{x:1-31} => month_day $1 $2
0.5 {x:13-31}/{x:1-12}/{d:2000-2040} => year $3 month_day $2 $1
@wday
1 <week><num>
@plaincal
3 {c:1-12}月{c:1-31}<hao> => month_day $1 $2
1 {y:2000-2040}年{c:1-12}月{c:1-31}<hao> => year $1 month_day $2 $3
@of
1 的
2
@period
4 (下周|下星期|下个星期|下礼拜|下个礼拜|下一周|下个周|下一个星期) => period week +1
2 (本周|这周|这星期|这个星期|这礼拜|这个礼拜|本星期|这一周|当周) => period week +0
2 (上周|上星期|上个星期|上礼拜|上一周|上个礼拜) => period week -1
1 (下下周|下下个星期|下下星期|下下礼拜) => period week +2
3 (下个月|下月|下一个月|次月) => period month +1
2 (这个月|本月|这月|当月) => period month +0
1 (上个月|上月|上一个月) => period month -1
0.5 (上上个月|上上月) => period month -2
0.5 (上上周|上上个星期|上上星期|上上个礼拜) => period week -2
1 (下下个月|下下月) => period month +2
2 (明年|来年|下一年|次年) => period year +1
1 (今年|本年|本年度|今年内) => period year +0
1 (去年|上一年) => period year -1
1 后年 => period year +2
0.6 前年 => period year -2
0.6 大前年 => period year -3
0.6 大后年 => period year +3
0.8 前年<of>{c:1-12}月[份] => period year -2 month $1
0.8 后年<of>{c:1-12}月[份] => period year +2 month $1
0.4 大前年<of>{c:1-12}月[份] => period year -3 month $1
0.4 大后年<of>{c:1-12}月[份] => period year +3 month $1
0.3 (前年底|前年年底|前年末) => period year -2 end
0.3 (后年底|后年年底|后年末) => period year +2 end
0.3 (后年初|后年年初) => period year +2
0.6 元月[份] => month jan
0.5 {y:1990-2040}年元月[份] => year $1 month jan
0.4 明年<of>元月[份] => period year +1 month jan
0.3 元月(底|末) => month jan end
0.3 元月(初|上旬) => month jan
0.3 元月(中旬|中) => month jan middle
0.3 元月下旬 => month jan late
0.5 {y:2000-2040}年下半年 => year $1 add =6 month
0.4 {y:2000-2040}年上半年 => year $1
0.3 (这周|本周|这个星期)晚些时候 => period week +0 late
0.3 (这个月|本月)晚些时候 => period month +0 late
3 (周末|这周末|本周末|这个周末|双休日|这周周末) => period weekend +0
3 (下周末|下个周末|下周周末|下星期末) => period weekend +1
1 (上周末|上个周末) => period weekend -1
2 (下季度|下个季度|下一季度) => period quarter +1
1 (本季度|这个季度|这季度|本季) => period quarter +0
0.6 (上季度|上个季度) => period quarter -1
3 {c:1-12}月[份] => month $1
2 (明年<of>{c:1-12}月[份]) => period year +1 month $1
1 (今年<of>{c:1-12}月[份]) => period year +0 month $1
1 (去年<of>{c:1-12}月[份]) => period year -1 month $1
2 {y:1990-2040}年{c:1-12}月[份] => year $1 month $2
1 {d:2000-2040}-{z:1-12} => year $1 month $2
0.5 {Y:10-36}年{c:1-12}月[份] => year $1 month $2
2 {y:1990-2040}年[度] => year $1
0.6 (下半年|今年下半年) => period year +0 add =6 month
0.5 (明年下半年) => period year +1 add =6 month
0.6 (上半年|今年上半年) => period year +0
0.5 (明年上半年) => period year +1
0.6 (今个月|今個月|呢个月|呢個月) => period month +0
0.6 (今个星期|今個星期|今个礼拜|今個禮拜|呢個星期|呢個禮拜) => period week +0
0.5 (上一季度|上季|上季度) => period quarter -1
0.5 (下季|下一个季度) => period quarter +1
0.4 上个年度 => period year -1
0.4 下个年度 => period year +1
2 (月底|月末|这个月底|本月底|本月末|这个月末|月底前) => period month +0 end
2 (下个月底|下月底|下月末|下个月末) => period month +1 end
1 (上个月底|上月底) => period month -1 end
2 {c:1-12}月(底|末) => month $1 end
1 {y:2000-2040}年{c:1-12}月(底|末) => year $1 month $2 end
2 (月初|本月初|这个月初) => period month +0
2 (下个月初|下月初) => period month +1
1 {c:1-12}月(初|上旬) => month $1
2 (月中|本月中|这个月中旬|本月中旬) => period month +0 middle
1 (下个月中|下月中|下月中旬|下个月中旬) => period month +1 middle
1 {c:1-12}月(中|中旬) => month $1 middle
1 {c:1-12}月下旬 => month $1 late
1 (本月下旬|这个月下旬|下旬) => period month +0 late
1 (下个月下旬|下月下旬) => period month +1 late
2 (年底|年末|今年底|今年年底|今年年末|岁末|本年末) => period year +0 end
1 (明年底|明年年底|明年年末) => period year +1 end
1 (去年底|去年年底) => period year -1 end
1 (年初|今年年初|今年初) => period year +0
1 (明年初|明年年初) => period year +1
1 (年中|今年年中) => period year +0 middle
1 {y:2000-2040}年(底|末|年底) => year $1 end
1 {y:2000-2040}年初 => year $1
1 (季度末|本季度末|季末|本季末) => period quarter +0 end
0.6 (下季度末|下个季度末) => period quarter +1 end
1 (这周末尾|本周内|这周内) => period week +0 end
1 (下周内|下周末尾) => period week +1 end
1 (下周初) => period week +1
0.6 (周中|本周中) => period week +0 middle
0.6 下周中 => period week +1 middle
1 第{C:1-4}季度 => quarter $1
0.6 {y:2000-2040}年第{C:1-4}季度 => year $1 quarter $2
0.5 (今年|)第{C:1-4}季度末 => quarter $1 end
0.5 (今年|本年)第{C:1-4}季度 => period year +0 quarter $1
0.5 明年第{C:1-4}季度 => period year +1 quarter $1
0.5 (Q|q){d:1-4} => quarter $1
0.6 第{c:1-53}周 => iso_week $1
@zmonth
5 {c:1-12}月[份] => month $1
2 {y:2000-2040}年{c:1-12}月[份] => year $1 month $2
1 明年[的]{c:1-12}月 => period year +1 month $1
1 今年[的]{c:1-12}月 => period year +0 month $1
0.5 去年[的]{c:1-12}月 => period year -1 month $1
2 (下个月|下月|下一个月) => period month +1
3 (这个月|本月|当月|这月) => period month +0
0.7 (上个月|上月) => period month -1
@zperiod
6 <zmonth>
1 (今年|本年) => period year +0
1 明年 => period year +1
0.5 去年 => period year -1
1 {y:2000-2040}年 => year $1
1 (这个季度|本季度) => period quarter +0
0.6 (下个季度|下季度) => period quarter +1
@nth
2 <zmonth><of>倒数第(二|2|两)个<week><num> => <zmonth> nth =-2 <num>
0.6 <zmonth><of>倒数第(三|3)个<week><num> => <zmonth> nth =-3 <num>
0.5 <zmonth><of>倒数第(一|1)个<week><num> => <zmonth> nth =-1 <num>
1.2 <zperiod><of>倒数第(二|2|两)(天|日) => <zperiod> nth =-2 day
0.5 <zperiod><of>倒数第(三|3)(天|日) => <zperiod> nth =-3 day
0.4 <zperiod><of>倒数第(一|1)(天|日) => <zperiod> end
0.6 <zperiod><of>倒数第(二|2)个工作日 => <zperiod> nth =-2 workday
0.3 <zperiod><of>倒数第(三|3)个工作日 => <zperiod> nth =-3 workday
0.5 <zmonth><of>倒数第(二|2)(周|个星期|个礼拜) => <zmonth> nth =-2 week
0.4 <zmonth><of>倒数第(二|2)个周末 => <zmonth> nth =-2 weekend
5 <zmonth><of>第{c:1-5}个<week><num> => <zmonth> nth $1 <num>
3 <zmonth><of>最后一个<week><num> => <zmonth> nth =-1 <num>
0.6 <zmonth><of>(第一个|首个)<week><num> => <zmonth> nth =1 <num>
3 <zperiod><of>(最后一天|最后一日|末日) => <zperiod> end
1 (本周|这周|这个星期)<of>最后一天 => period week +0 add =6 day
0.7 (下周|下个星期)<of>最后一天 => period week +1 add =6 day
2 <zperiod><of>(第一天|首日|头一天) => <zperiod>
1 <zperiod><of>第{c:2-20}天 => <zperiod> nth $1 day
1 <zperiod><of>最后一个工作日 => <zperiod> nth =-1 workday
0.6 <zperiod><of>(第一个|首个)工作日 => <zperiod> nth =1 workday
1 <zperiod><of>第{c:2-5}个工作日 => <zperiod> nth $1 workday
2 <zmonth><of>第{c:1-4}(周|个星期|个礼拜|星期) => <zmonth> nth $1 week
1 <zmonth><of>最后一(周|个星期|个礼拜) => <zmonth> nth =-1 week
1 <zmonth><of>第{c:1-4}个周末 => <zmonth> nth $1 weekend
0.6 <zmonth><of>最后一个周末 => <zmonth> nth =-1 weekend
0.5 第{c:1-5}个<week><num> => nth $1 <num>
@ampm
6 (下午|午后|后晌) => pm
5 (上午|早上|早晨|清晨|早|一早|清早|凌晨|大清早) => am
4 (晚上|晚|夜里|夜间|夜晚|傍晚|晚间|今晚) => late_hour
0.5 (朝早|上晝|上昼) => am
0.5 (下晝|下昼|晏晝|晏昼) => pm
1 (AM|am) => am
1 (PM|pm) => pm
@midday
1 (中午|正午|晌午|午间|大中午)
@point
5 点
1 点钟
0.6 (点整|点正|點正|时整)
1 點
1 时
@time
10 <ampm>{c:1-12}<point> => clock $1 =0 <ampm>
0.7 <midday>{c:11-12}<point> => clock $1 =0 h24
0.6 <midday>{c:1-2}<point> => clock $1 =0 pm
0.5 <midday>{c:11-12}点(半|三十|30分) => clock $1 =30 h24
0.4 <midday>{c:1-2}点半 => clock $1 =30 pm
0.4 <midday>{c:11-12}点{c:1-59}分 => clock $1 $2 h24
0.4 <midday>[ ]{d:11-12}(:|：){z:0-59} => clock $1 $2 h24
0.3 <midday>[ ]{d:1-2}(:|：){z:0-59} => clock $1 $2 pm
5 <ampm>{c:1-12}点半 => clock $1 =30 <ampm>
3 <ampm>{c:1-12}(点|时){c:1-59}分 => clock $1 $2 <ampm>
0.7 <ampm>{c:1-12}(点|时){c:1-59}分{c:1-59}秒 => clock $1 $2 <ampm>
0.4 {c:13-23}(点|时){c:1-59}分{c:1-59}秒 => clock $1 $2 h24
0.4 {c:1-12}(点|时){c:1-59}分{c:1-59}秒 => clock $1 $2 guess
2 <ampm>{c:1-12}点{c:10-59} => clock $1 $2 <ampm>
1 <ampm>{c:1-12}点{Q:1-9}[分] => clock $1 $2 <ampm>
1 <ampm>{c:1-12}点过{c:1-30}分 => clock $1 $2 <ampm>
2 <ampm>{c:1-12}点一刻 => clock $1 =15 <ampm>
1 <ampm>{c:1-12}点三刻 => clock $1 =45 <ampm>
1 <ampm>{c:1-12}点差{c:1-29}分 => to $1 $2 <ampm>
0.6 <ampm>差{c:1-29}<fen>{c:1-12}点[钟] => to $2 $1 <ampm>
0.6 <ampm>{c:1-12}点差一刻[钟] => to $1 =15 <ampm>
0.5 <ampm>差(一刻|一刻钟|1刻钟|1刻)[到]{c:1-12}点[钟] => to $1 =15 <ampm>
1 差(一刻|一刻钟|1刻钟|1刻)[到]{c:1-12}点[钟] => to $1 =15 guess
0.5 差{c:1-29}<fen><ampm>{c:1-12}点 => to $2 $1 <ampm>
1.4 差{c:1-29}<fen>[到]{c:1-12}点[钟] => to $2 $1 guess
0.5 (还差|还有){c:1-29}<fen>{c:1-12}点 => to $2 $1 guess
0.5 {c:1-12}点(差|欠){c:1-29}<fen> => to $1 $2 guess
3 <ampm>[ ]{d:1-12}(:|：){z:0-59} => clock $1 $2 <ampm>
0.6 {d:1-12}(:|：){z:0-59}[ ]<ampm> => clock $1 $2 <ampm>
1 凌晨{c:0-5}<point> => clock $1 =0 h24
1 凌晨{c:0-5}点半 => clock $1 =30 h24
0.7 凌晨{c:0-5}点{c:1-59}分 => clock $1 $2 h24
0.7 (凌晨|)(零点|零时){c:1-59}分 => clock =0 $1 h24
0.5 凌晨[ ]{d:0-5}(:|：){z:0-59} => clock $1 $2 h24
0.7 <ampm>{c:1-12}点(整|正|钟整) => clock $1 =0 <ampm>
0.5 (下午|晚上|晚){c:13-23}<point> => clock $1 =0 h24
0.5 (下午|晚上|晚){c:13-23}点半 => clock $1 =30 h24
0.5 (下午|晚上|晚)[ ]{d:13-23}(:|：){z:0-59} => clock $1 $2 h24
0.4 {c:1-12}点(多|来钟|左右) => clock $1 =0 guess
3 {d:1-12}(:|：){z:0-59} => clock $1 $2 guess
2 {d:13-23}(:|：){z:0-59} => clock $1 $2 h24
1.3 {z:0-9}(:|：){z:0-59} => clock $1 $2 h24
0.3 {d:0-0}(:|：){z:0-59} => clock $1 $2 h24
0.3 {d:24-24}(:|：){z:0-0} => clock $1 $2 h24
0.4 {c:24-24}<point> => clock $1 =0 h24
0.5 (半夜|深夜|午夜|夜半){c:12-12}<point> => clock $1 =0 late_hour
0.3 (半夜|深夜|午夜){c:1-4}<point> => clock $1 =0 late_hour
0.4 (晚上|夜里|晚|半夜){c:12-12}点(半|30分|30|三十分) => clock $1 =30 late_hour
1 {z:0-23}(:|：){z:0-59}(:|：){z:0-59} => clock $1 $2 h24
4 {c:1-12}<point> => clock $1 =0 guess
3 {c:13-23}<point> => clock $1 =0 h24
2 {c:1-12}点半 => clock $1 =30 guess
1 {c:13-23}点半 => clock $1 =30 h24
2 {c:1-12}(点|时){c:1-59}分 => clock $1 $2 guess
1 {c:13-23}(点|时){c:1-59}分 => clock $1 $2 h24
1 {c:1-12}点{c:10-59} => clock $1 $2 guess
1 {c:13-23}点{c:10-59} => clock $1 $2 h24
1 {c:1-12}点一刻 => clock $1 =15 guess
0.6 {c:1-12}点三刻 => clock $1 =45 guess
0.6 {c:1-12}点{Q:1-9}分 => clock $1 $2 guess
3 (中午|正午|午间|午饭时|晌午|大中午) => part noon
4 (早上|上午|早晨|清晨|一早|凌晨) => part morning
4 (下午|午后) => part afternoon
3 (晚上|夜里|夜晚|深夜) => part night
2 (傍晚|黄昏) => part evening
1 (午夜|半夜|零点|零时) => part midnight
1 (下班前|下班之前|下班) => part eod
1 <ampm>{c:1-11}点(到|至|-|~|—){c:2-12}点 => clock $1 =0 <ampm>
0.4 {d:1-12}(:|：){z:0-59}(到|至|-|~|—){d:1-12}(:|：){z:0-59} => clock $1 $2 guess
0.5 {z:0-23}(:|：){z:0-59}(到|至|-|~|—){z:0-23}(:|：){z:0-59} => clock $1 $2 h24
@fen
2 分
1.5 (分钟|分鐘)
@evening
3 (今晚|今天晚上|今夜|今晚上|今儿晚上) => add =0 day
3 (明晚|明天晚上|明儿晚上|明天夜里) => add =1 day
1 (后天晚上|后晚|后天夜里) => add =2 day
0.4 大后天晚上 => add =3 day
1 (昨晚|昨天晚上|昨夜) => sub =1 day
0.6 (前晚|前天晚上|前天夜里) => sub =2 day
1.5 <week><num>(晚上|晚|夜里) => weekday <num> next
0.7 (下|下个)<week><num>(晚上|晚) => weekday <num> +1
0.7 <plaincal>(晚上|晚|夜里) => <plaincal>
@dayword
4 (明天|明日) => add =1 day
3 今天 => add =0 day
3 后天 => add =2 day
1 大后天 => add =3 day
1 昨天 => sub =1 day
4 <week><num> => weekday <num> next
5 (下|下个)<week><num> => weekday <num> +1
2 (这|本|这个)<week><num> => weekday <num> +0
@instant
2 (现在|现在|现在|此刻|此时|马上|立刻|当前|目前) => add =0 minute
0.5 {d:1-12}.5[个](小时|钟头)<after> => add $1 hour add =30 minute
0.3 {d:1-12}.5[个](小时|钟头)<before> => sub $1 hour sub =30 minute
0.7 (刚刚|刚才|而家|宜家|家阵|即刻|眼下|这会儿|此时此刻|立即) => add =0 minute
0.7 {l:1-90}(秒|秒钟)<after> => add =0 minute
0.4 {l:1-90}(秒|秒钟)<before> => add =0 minute
0.5 半天<after> => add =12 hour
0.7 {c:91-400}分钟<after> => add $1 minute
0.7 {c:25-120}(小时|个小时)<after> => add $1 hour
1 {l:1-12}[个](小时|钟头)[零]{c:1-59}分[钟]<before> => sub $1 hour sub $2 minute
0.6 {l:1-9}天[零]{l:1-23}(小时|个小时)<after> => add $1 day add $2 hour
0.6 {l:1-9}天[零]{l:1-23}(小时|个小时)<before> => sub $1 day sub $2 hour
0.6 {l:1-12}个半(小时|钟头)<before> => sub $1 hour sub =30 minute
0.5 (一刻钟)<before> => sub =15 minute
0.6 (几个小时|几小时)<after> => add =3 hour
0.4 (几分钟)<before> => sub =5 minute
1.2 (明天|明日|明儿)<thistime> => add =1 day add =0 minute
0.6 后天<thistime> => add =2 day add =0 minute
0.6 昨天<thistime> => sub =1 day add =0 minute
0.7 (下周|下星期|下个星期|下礼拜)<thistime> => add =1 week add =0 minute
0.4 (下个月|下月)<thistime> => add =1 month add =0 minute
0.4 明年<thistime> => add =1 year add =0 minute
0.3 去年<thistime> => sub =1 year add =0 minute
0.3 (上周|上星期)<thistime> => sub =1 week add =0 minute
0.5 <week><num><thistime> => weekday <num> next add =0 minute
0.3 (下|下个)<week><num><thistime> => weekday <num> +1 add =0 minute
1.5 <evening>[的]{c:12-12}<point> => <evening> clock $1 =0 late_hour
0.5 <evening>[ ]{d:12-12}(:|：){z:0-59} => <evening> clock $1 $2 late_hour
0.5 <evening>{c:12-12}点半 => <evening> clock $1 =30 late_hour
0.6 <evening>(零点|0点|零时|午夜|半夜12点) => <evening> add =1 day part midnight
0.6 (<evening>|<dayword>){c:24-24}(点|时|点钟) => <evening> <dayword> clock $1 =0 h24
0.4 (<evening>|<dayword>){d:24-24}(:|：)00 => <evening> <dayword> clock $1 =0 h24
1.5 <evening>[的]{c:6-11}<point> => <evening> clock $1 =0 pm
0.7 <evening>{c:6-11}点半 => <evening> clock $1 =30 pm
0.5 <evening>[ ]{d:6-11}(:|：){z:0-59} => <evening> clock $1 $2 pm
0.5 <evening>差{c:1-29}<fen>{c:7-12}点 => <evening> to $2 $1 pm
1.2 (后晚|后天晚|后夜) => add =2 day part night
0.4 (大后天晚上|大后晚) => add =3 day part night
0.8 (前晚|前天晚上|前夜|前天夜里) => sub =2 day part night
0.4 (后天一早|后早|后天清晨) => add =2 day part morning
0.7 {l:1-12}[个](小时|钟头)[零|又](一刻钟|一刻)<after> => add $1 hour add =15 minute
0.4 {l:1-12}[个](小时|钟头)[零]三刻钟<after> => add $1 hour add =45 minute
0.3 {l:1-12}[个](小时|钟头)[零](一刻钟|一刻)<before> => sub $1 hour sub =15 minute
0.7 [再过|过]{p:2-3}(小时|钟头)<after> => add $1 hour
0.4 {p:2-3}(小时|钟头)<before> => sub $1 hour
0.5 (听晚|聽晚) => add =1 day part night
0.5 (琴晚|尋晚|寻晚) => sub =1 day part night
0.5 (今朝|今朝早) => add =0 day part morning
0.5 (听朝|聽朝|听朝早|聽朝早) => add =1 day part morning
10 {l:1-90}<clockunit><after> => add $1 <clockunit>
3 {l:1-12}<clockunit><after> => add $1 <clockunit>
2 [再]过{l:1-90}<clockunit> => add $1 <clockunit>
1 {l:1-90}<clockunit>(内|之内|以内) => add $1 <clockunit>
3.5 {l:1-90}<clockunit><before> => sub $1 <clockunit>
1.5 {l:1-12}<clockunit><before> => sub $1 <clockunit>
3 (半小时|半个小时|半个钟头|半钟头)<after> => add =30 minute
1 (过半小时|过半个小时|再过半小时|半小时内|半个小时内) => add =30 minute
1 (半小时|半个小时)<before> => sub =30 minute
2 {l:1-12}个半(小时|钟头)<after> => add $1 hour add =30 minute
1 {l:1-12}[个]小时{c:1-59}分[钟]<after> => add $1 hour add $2 minute
1 (一刻钟)<after> => add =15 minute
1 三刻钟<after> => add =45 minute
1 (几分钟后) => add =5 minute
3 (今晚|今天晚上|今夜|今儿晚上|今晚上) => add =0 day part night
2 (明晚|明天晚上|明儿晚上) => add =1 day part night
1 (后天晚上) => add =2 day part night
1 (昨晚|昨天晚上|昨夜) => sub =1 day part night
2 (今早|今天早上|今晨|今天早晨) => add =0 day part morning
2 (明早|明天早上|明晨|明儿早上|明天一早) => add =1 day part morning
1 (后天早上) => add =2 day part morning
2 (今晚|今天晚上)[的]{c:5-11}<point> => add =0 day clock $1 =0 pm
1 今晚{c:5-11}点半 => add =0 day clock $1 =30 pm
1 今晚[ ]{d:5-11}(:|：){z:0-59} => add =0 day clock $1 $2 pm
2 (明晚){c:5-11}<point> => add =1 day clock $1 =0 pm
1 明晚{c:5-11}点半 => add =1 day clock $1 =30 pm
1 明晚{d:5-11}(:|：){z:0-59} => add =1 day clock $1 $2 pm
2 (明早|明晨){c:5-11}<point> => add =1 day clock $1 =0 am
1 明早{c:5-11}点半 => add =1 day clock $1 =30 am
1 (今早){c:5-11}<point> => add =0 day clock $1 =0 am
1 昨晚{c:5-11}<point> => sub =1 day clock $1 =0 pm
3 {d:2000-2040}-{x:1-12}-{x:1-31}[T| ]{z:0-23}:{z:0-59} => year $1 month_day $2 $3 clock $4 $5 h24
1 今天下班[之]前 => add =0 day part eod
1 明天下班[之]前 => add =1 day part eod
1 (今天之内|今天内|今日内) => add =0 day
@thistime
1 [的](这个时候|此时|同一时间|这时候|这时|这个时间|此刻|这会儿|同一时刻|相同时间|这个点|这个钟点)
@range
2 (从|)<week><num>(到|至|-|~)<week><num> => weekday <num> next
2 (从|){c:1-12}月{c:1-15}<hao>(到|至|-|~){c:16-31}<hao> => month_day $1 $2
1 {c:1-12}月{c:1-15}[日|号](到|至|-|~|—){c:1-12}月{c:1-31}<hao> => month_day $1 $2
1 {c:1-15}<hao>(到|至|-|~){c:16-31}<hao> => day $1
1 (从|自)<date>(起|开始) => <date>
1 <date>(起|开始|到期|截止) => <date>
@mei
5 每
1 每个
1 每逢
@every
3 (每天|每日|天天) => every =1 day
6 <mei><week><num> => every =1 week weekday <num> next
0.7 <mei><week><num>[、|和]<num>[、|和]<num> => every =1 week weekday <num> next
0.7 <mei><week><num>(、|和|，)<num> => every =1 week weekday <num> next
0.6 (周一到周五|周一至周五|星期一到星期五)[每天] => every =1 workday
0.5 (周一到周五|周一至周五)[每天]<time> => every =1 workday <time>
4 <mei><week><num><time> => every =1 week weekday <num> next <time>
3 (每天|每日|天天)<time> => every =1 day <time>
2 (每周|每星期|每个星期|每礼拜) => every =1 week
2 (每月|每个月) => every =1 month
1 (每年) => every =1 year
1 (每季度|每个季度|每季) => every =1 quarter
3 (每月|每个月)[的]{c:1-31}<hao> => every =1 month day $1
1 (每月|每个月)[的]{c:1-31}<hao><time> => every =1 month day $1 <time>
2 每年[的]{c:1-12}月{c:1-31}<hao> => every =1 year month_day $1 $2
1 (每月底|每个月底|每月末|每个月最后一天|每月最后一天) => every =1 month period month +0 end
1 (每月初|每个月初) => every =1 month day =1
2 (每个工作日|每工作日|工作日|平日) => every =1 workday
1 (每个工作日|每工作日)<time> => every =1 workday <time>
2 (每周末|每个周末|每逢周末) => every =1 weekend
1 (隔周|每两周|每隔一周|每两个星期|双周) => every =2 week
1 (隔周|每两周|每隔一周)[的]<week><num> => every =2 week weekday <num> next
2 每{l:2-12}<unit>[一次] => every $1 <unit>
1 (每隔一天|隔天一次|每两天) => every =2 day
1 (每小时|每个小时|每一小时) => every =1 hour
1 每{l:2-12}(小时|个小时) => every $1 hour
1 每{l:5-60}分钟 => every $1 minute
1 (每个月|每月)(的|)第{c:1-4}个<week><num> => every =1 month nth $1 <num>
1 (每个月|每月)(的|)最后一个<week><num> => every =1 month nth =-1 <num>
1 (每天早上|每天早晨|每早) => every =1 day part morning
1 (每天晚上|每晚) => every =1 day part night
1 (每天中午) => every =1 day part noon
1 (每晚){c:6-11}<point> => every =1 day clock $1 =0 pm
"""

CHINESE = Grammar(RULES)
