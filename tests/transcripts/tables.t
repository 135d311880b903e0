# Tables over several days, what changed, who is silent, one State, and what stands behind a cell; counted by hand.
$ rectrack import document "$SOURCE/fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt" --symbol CTOC/COP/WG.7/2018/L.1/Add.1 -q
$ rectrack record Italy 'II.A.1(a)' planned --as-of 2019-01-01 --channel letter --source 'NV 1' -q
$ rectrack record Italy 'II.A.1(a)' implemented --as-of 2024-06-01 -q
$ rectrack record France 'II.A.1(b)' in-progress --as-of 2023-03-03 -q
# Two States, 16 recommendations each.
$ rectrack report trend --from 2022-01-01 --as-of 2024-12-31 --where 'state in (ITA, FRA)' -f csv
year_end,implemented,partially-implemented,in-progress,planned,not-implemented,not-applicable,no-response,total
2022-12-31,0,0,0,1,0,0,31,32
2023-12-31,0,0,1,1,0,0,30,32
2024-12-31,1,0,1,0,0,0,30,32
$ rectrack report groups --as-of 2024-12-31 --compare 2022-12-31 --where 'state in (ITA, FRA)' -f csv
regional_group,regional_group_label,implemented,implemented:change,partially-implemented,partially-implemented:change,in-progress,in-progress:change,planned,planned:change,not-implemented,not-implemented:change,not-applicable,not-applicable:change,no-response,no-response:change,total,total:change
Western European and other States,Western European and other States,1,1,0,0,1,1,0,-1,0,0,0,0,30,-1,32,0
total,Total,1,1,0,0,1,1,0,-1,0,0,0,0,30,-1,32,0
# People see arrows.
$ rectrack report groups --as-of 2024-12-31 --compare 2022-12-31 --where 'state in (ITA, FRA)' -f markdown | grep -F '**Total'
| **Total** | **1** | **↑1** | **0** | **→** | **1** | **↑1** | **0** | **↓1** | **0** | **→** | **0** | **→** | **30** | **↓1** | **32** | **→** |
# 1 of 32 is 3.125 per cent, 30 of 32 are 93.75.
$ rectrack report sessions --as-of 2024-12-31 --where 'state in (ITA, FRA)' -f csv
body,session,implemented,implemented:row-percent,partially-implemented,partially-implemented:row-percent,in-progress,in-progress:row-percent,planned,planned:row-percent,not-implemented,not-implemented:row-percent,not-applicable,not-applicable:row-percent,no-response,no-response:row-percent,total,response-rate
Working Group on the Smuggling of Migrants,2018,1,3.1,0,0.0,1,3.1,0,0.0,0,0.0,0,0.0,30,93.8,32,6.3
total,,1,3.1,0,0.0,1,3.1,0,0.0,0,0.0,0,0.0,30,93.8,32,6.3
$ rectrack diff --from 2023-12-31 --to 2024-12-31 --exit-code -f csv
state,state_label,recommendation,before,before_label,after,after_label,as_of,channel,source,records
ITA,Italy,CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a),planned,Implementation planned,implemented,Implemented,2024-06-01,,,4.1
! rectrack: 1 pair changed. This is what --exit-code asks for.
? 4
$ rectrack diff --from 2024-06-01 --to 2024-12-31 --exit-code -f csv
state,state_label,recommendation,before,before_label,after,after_label,as_of,channel,source,records
$ rectrack report silent --as-of 2024-12-31 --where 'state in (Italy, France, Spain)' -f csv
state,state_label,regional_group,asked_since,recommendations
ESP,Spain,Western European and other States,2018-07-05,16
total,Total,,,16
# 1 of 16 is 6.25 per cent.
$ rectrack report profile Italy --as-of 2024-12-31 -f table | grep conclusion
In conclusion, of the recommendations to Italy (16): Implemented 1 (6.3 %), No response 15 (93.8 %). Closed: 1.
$ rectrack show --cell Italy 'II.A.1(a)' --as-of 2020-01-01 -f csv | cut -d, -f1-5
record,counts,kind,level,as_of
4.1,no: speaks of a day after 2020-01-01,reported,implemented,2024-06-01
3.1,yes,reported,planned,2019-01-01
$ rectrack show --cell Italy 'II.A.1(a)' -f csv | cut -d, -f1-6
record,counts,kind,level,as_of,received_on
4.1,yes,reported,implemented,2024-06-01,
3.1,"no: superseded by 4.1, of a later day",reported,planned,2019-01-01
$ rectrack withdraw 4.1 --reason 'sent by mistake' -q
$ rectrack history Italy 'II.A.1(a)' -f csv | cut -d, -f1,5-
ledger_position,event,record,level,as_of,kind,why,note
3,recorded,3.1,planned,2019-01-01,reported,"letter, NV 1",
4,recorded,4.1,implemented,2024-06-01,reported,,
6,withdrawn,4.1,implemented,2024-06-01,reported,sent by mistake,
$ rectrack report groups --as-of 2024-12-31 --explain | grep 'Parties on this day'
  - UNTOC-SOM: recommendations to all Parties: 16; Parties on this day: 143.
# Mistakes.
$ rectrack report groups --as-of 2024-12-31 --compare 2025-01-01
! rectrack: the day to compare with must be before the as-of day. Give an earlier day to --compare, or a later one to --as-of.
? 2
$ rectrack report groups --from 2024-12-31
! rectrack: the report "groups" speaks of one day and takes no "from". Use --as-of, or --compare for the change since a day.
? 2
$ rectrack report trend --measure col-percent
! rectrack: years can't be added up, so that there is no total to take a percentage of. Use --measure row-percent, with the years as rows.
? 2
$ rectrack report trend --compare 2020-01-01
! rectrack: a table of several years compares them already. Leave out --compare.
? 2
$ rectrack report profile
! rectrack: the report "profile" needs a State. For example: rectrack report profile Italy.
? 2
$ rectrack report profile Itly
! rectrack: unknown State: "Itly". Did you mean "Italy"?
? 65
$ rectrack report groups Italy
! rectrack: the report "groups" is not of one State. Use "profile", or the condition state = "Italy".
? 2
$ rectrack report groups --measure count,states
! rectrack: measures that don't go together: "count,states". Name one of count, states, recommendations or score, and one percentage at most.
? 2
$ rectrack report groups --where 'date >= 2024-13-01'
! rectrack: --where: "2024-13-01" is no member of date. Write it like YYYY-MM-DD.
? 2
$ rectrack diff
! rectrack: diff needs the earlier day. Give it with --from, such as --from 2025-12-31.
? 2
$ rectrack show --cell Italy
! rectrack: --cell needs a State and a reference. For example: rectrack show --cell Italy 'II.A.1(a)'.
? 2
