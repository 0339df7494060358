<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
 <context>
  <name>ActForm</name>
  <message>
   <source>{waiting}；再按一次仍要结案</source>
   <translation>{waiting}; press again to close all the same</translation>
  </message>
  <message>
   <source>并看下一条</source>
   <translation>and next</translation>
  </message>
  <message>
   <source>必须填写</source>
   <translation>Required</translation>
  </message>
 </context>
 <context>
  <name>ActsFoot</name>
  <message>
   <source>更多</source>
   <translation>More</translation>
  </message>
 </context>
 <context>
  <name>Advice</name>
  <message>
   <source>按距离、职责、在办量</source>
   <translation>by distance, duty, open work</translation>
  </message>
  <message>
   <source>派遣建议</source>
   <translation>Dispatch advice</translation>
  </message>
 </context>
 <context>
  <name>Alike</name>
  <message>
   <source>{count} 件都并入本件</source>
   <translation>All {count} into this</translation>
  </message>
  <message>
   <source>下一件</source>
   <translation>Next</translation>
  </message>
  <message>
   <source>全部并入本件</source>
   <translation>All into this</translation>
  </message>
  <message>
   <source>并入{number}</source>
   <translation>Merge into {number}</translation>
  </message>
  <message>
   <source>并案</source>
   <translation>Merge</translation>
  </message>
  <message>
   <source>打开</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>是不是同一件</source>
   <translation>The same incident?</translation>
  </message>
  <message>
   <source>第{at}件，共{count}件</source>
   <translation>{at} of {count}</translation>
  </message>
  <message>
   <source>紫条处两件不同</source>
   <translation>violet lines differ</translation>
  </message>
  <message>
   <source>返回</source>
   <translation>Back</translation>
  </message>
 </context>
 <context>
  <name>BulletinLines</name>
  <message>
   <source>{at} 迟报</source>
   <translation>{at} late</translation>
  </message>
  <message>
   <source>{part} {nth}</source>
   <translation>{part} {nth}</translation>
  </message>
  <message>
   <source>{way}首报 {due} 前</source>
   <translation>First report, {way}, by {due}</translation>
  </message>
  <message>
   <source>信息报告</source>
   <translation>Information report</translation>
  </message>
  <message>
   <source>写{part}</source>
   <translation>Write: {part}</translation>
  </message>
  <message>
   <source>打印</source>
   <translation>Print</translation>
  </message>
  <message>
   <source>超时 {span}</source>
   <translation>over {span}</translation>
  </message>
 </context>
 <context>
  <name>BulletinPlace</name>
  <message>
   <source>这件事件还没有信息报告；Shift M 写</source>
   <translation>This incident has no information report yet; Shift M writes one</translation>
  </message>
 </context>
 <context>
  <name>ChartsPanel</name>
  <message>
   <source>合计 {total} · 峰值 {peak}</source>
   <translation>total {total} · peak {peak}</translation>
  </message>
  <message>
   <source>处置（实）与其中按期（线）</source>
   <translation>Handled (solid), in time (line)</translation>
  </message>
  <message>
   <source>按期 {done} / 处置 {disposed} = {rate}</source>
   <translation>in time {done} / handled {disposed} = {rate}</translation>
  </message>
  <message>
   <source>未结存量（每小时末）</source>
   <translation>Open at the end of each hour</translation>
  </message>
  <message>
   <source>每小时上报（实）与结案（空）</source>
   <translation>Reported (solid) and closed (hollow) per hour</translation>
  </message>
  <message>
   <source>现在 {now} · 最高 {peak}</source>
   <translation>now {now} · peak {peak}</translation>
  </message>
  <message>
   <source>这一班还没有事件。</source>
   <translation>No incidents in this shift yet.</translation>
  </message>
 </context>
 <context>
  <name>Choices</name>
  <message>
   <source>{age}前定位</source>
   <translation>fix {age} ago</translation>
  </message>
  <message>
   <source>{number} 是哪一件</source>
   <translation>Which is {number}?</translation>
  </message>
  <message>
   <source>不用再填</source>
   <translation>nothing more to fill in</translation>
  </message>
  <message>
   <source>事件</source>
   <translation>Incidents</translation>
  </message>
  <message>
   <source>事项</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>Workers</translation>
  </message>
  <message>
   <source>人员、电话</source>
   <translation>People, phones</translation>
  </message>
  <message>
   <source>值班、单位电话</source>
   <translation>On duty, offices</translation>
  </message>
  <message>
   <source>其他动作</source>
   <translation>Other acts</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>可办的动作</source>
   <translation>Acts now</translation>
  </message>
  <message>
   <source>已撤销</source>
   <translation>Undone</translation>
  </message>
  <message>
   <source>建议单位</source>
   <translation>Proposed units</translation>
  </message>
  <message>
   <source>打开上报单</source>
   <translation>Open report form</translation>
  </message>
  <message>
   <source>拼音</source>
   <translation>pinyin</translation>
  </message>
  <message>
   <source>最近</source>
   <translation>Recent</translation>
  </message>
  <message>
   <source>村（社区）</source>
   <translation>Villages</translation>
  </message>
  <message>
   <source>窗口</source>
   <translation>Window</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>视图和命令</source>
   <translation>Views and commands</translation>
  </message>
 </context>
 <context>
  <name>CitySheet</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>各镇街与站点</source>
   <translation>Towns and their sites</translation>
  </message>
  <message>
   <source>截至 {age}前</source>
   <translation>as of {age} ago</translation>
  </message>
  <message>
   <source>换到另一列表</source>
   <translation>The other list</translation>
  </message>
  <message>
   <source>看全市</source>
   <translation>Whole city</translation>
  </message>
  <message>
   <source>看这个镇街的队列</source>
   <translation>This town's queue</translation>
  </message>
  <message>
   <source>站点</source>
   <translation>Sites</translation>
  </message>
  <message>
   <source>站点 {sites}，有异常 {wrong}</source>
   <translation>{sites} sites, {wrong} in trouble</translation>
  </message>
  <message>
   <source>还没有取得站点表，联网后自动取</source>
   <translation>No table of sites yet; it comes with the hub</translation>
  </message>
  <message>
   <source>镇街</source>
   <translation>Town</translation>
  </message>
 </context>
 <context>
  <name>ClaimLines</name>
  <message>
   <source>{person}正在办这件事</source>
   <translation>{person} is working on this</translation>
  </message>
  <message>
   <source>{person}的席位 {age}没有应答，表单未提交</source>
   <translation>{person}’s seat silent for {age}, its form unsent</translation>
  </message>
  <message>
   <source>接手</source>
   <translation>Take over</translation>
  </message>
 </context>
 <context>
  <name>CommandField</name>
  <message>
   <source>命令</source>
   <translation>Command</translation>
  </message>
  <message>
   <source>输入命令，如 派 1023 张伟</source>
   <translation>Type a command, e.g. 派 1023 张伟</translation>
  </message>
 </context>
 <context>
  <name>Contested</name>
  <message>
   <source>{word}，下一处</source>
   <translation>{word}, next dispute</translation>
  </message>
  <message>
   <source>为什么这样定</source>
   <translation>Why decided so</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>确认采用{letter}</source>
   <translation>Confirm: keep {letter}</translation>
  </message>
  <message>
   <source>稍后处理</source>
   <translation>Later</translation>
  </message>
  <message>
   <source>请值班长定</source>
   <translation>Ask the chief to decide</translation>
  </message>
  <message>
   <source>请写明理由</source>
   <translation>Give a reason</translation>
  </message>
 </context>
 <context>
  <name>ContestedTitle</name>
  <message>
   <source>互不知情的办理，需要决定</source>
   <translation>Done unaware of each other; needs a decision</translation>
  </message>
  <message>
   <source>几处互不知情，各自做了{acts}。记录都已保留，</source>
   <translation>Unaware of each other they recorded {acts}. All records are kept; </translation>
  </message>
  <message>
   <source>最晚{late}后到达</source>
   <translation>the last arrived {late} later</translation>
  </message>
  <message>
   <source>第 {number} 处，共 {count} 处</source>
   <translation>Dispute {number} of {count}</translation>
  </message>
  <message>
   <source>请值班长定。</source>
   <translation>For the shift chief to decide.</translation>
  </message>
  <message>
   <source>请选定以哪一条为准。</source>
   <translation>Choose which record stands.</translation>
  </message>
 </context>
 <context>
  <name>Decision</name>
  <message>
   <source>决定</source>
   <translation>Decide</translation>
  </message>
  <message>
   <source>决定写入时间线，另一条保留可查</source>
   <translation>The decision goes on the timeline; the other record stays</translation>
  </message>
 </context>
 <context>
  <name>DispatchDialog</name>
  <message>
   <source>Shift 加数字</source>
   <translation>Shift + digit</translation>
  </message>
  <message>
   <source>↑↓ 选择 · Shift 加协助 · 输入可找其他单位</source>
   <translation>↑↓ choose · Shift adds assisting · type to find others</translation>
  </message>
  <message>
   <source>主办</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>从左边选</source>
   <translation>choose at the left</translation>
  </message>
  <message>
   <source>其他单位：名称、拼音</source>
   <translation>Other unit: name, pinyin</translation>
  </message>
  <message>
   <source>写入本机即成立，10 秒内可撤销 Z</source>
   <translation>Stands once written here; undo within 10 s with Z</translation>
  </message>
  <message>
   <source>协助</source>
   <translation>Assist</translation>
  </message>
  <message>
   <source>只能一个</source>
   <translation>one only</translation>
  </message>
  <message>
   <source>可不填</source>
   <translation>optional</translation>
  </message>
  <message>
   <source>可多个</source>
   <translation>several</translation>
  </message>
  <message>
   <source>处置时限</source>
   <translation>Disposal</translation>
  </message>
  <message>
   <source>工作时</source>
   <translation>working time</translation>
  </message>
  <message>
   <source>建议单位</source>
   <translation>Proposed units</translation>
  </message>
  <message>
   <source>按事项模板拟，可改</source>
   <translation>from the item's template, editable</translation>
  </message>
  <message>
   <source>检查项</source>
   <translation>Checks</translation>
  </message>
  <message>
   <source>派出</source>
   <translation>Dispatch</translation>
  </message>
  <message>
   <source>派出并下一条</source>
   <translation>Dispatch and next</translation>
  </message>
  <message>
   <source>派前：{made_sure}。</source>
   <translation>Before dispatch: {made_sure}.</translation>
  </message>
  <message>
   <source>派遣单</source>
   <translation>Dispatch order</translation>
  </message>
  <message>
   <source>签收时限</source>
   <translation>Sign by</translation>
  </message>
  <message>
   <source>自然时</source>
   <translation>clock time</translation>
  </message>
  <message>
   <source>要求</source>
   <translation>Require</translation>
  </message>
  <message>
   <source>请选主办单位</source>
   <translation>Choose a lead unit</translation>
  </message>
 </context>
 <context>
  <name>DraftSheet</name>
  <message>
   <source>{count} 份没有提交的表单</source>
   <translation>{count} unsent forms</translation>
  </message>
  <message>
   <source>丢弃</source>
   <translation>Discard</translation>
  </message>
  <message>
   <source>以后再说</source>
   <translation>Later</translation>
  </message>
  <message>
   <source>只存在本席位，没有发出；七天后清除</source>
   <translation>Kept at this seat only, not sent; gone after seven days</translation>
  </message>
  <message>
   <source>接着填</source>
   <translation>Go on</translation>
  </message>
 </context>
 <context>
  <name>DutyList</name>
  <message>
   <source>不在排班，已上岗</source>
   <translation>on duty, not rostered</translation>
  </message>
  <message>
   <source>值班表</source>
   <translation>Roster</translation>
  </message>
  <message>
   <source>已上岗</source>
   <translation>on duty</translation>
  </message>
  <message>
   <source>未上岗</source>
   <translation>not on duty</translation>
  </message>
  <message>
   <source>这一班没有排班，也没有人上岗。值班表由市平台导入</source>
   <translation>Nobody is rostered or on duty. The hub imports the roster</translation>
  </message>
 </context>
 <context>
  <name>DutySheet</name>
  <message>
   <source>← → 换班</source>
   <translation>← → change shift</translation>
  </message>
  <message>
   <source>下一班</source>
   <translation>Next shift</translation>
  </message>
  <message>
   <source>值班表</source>
   <translation>Roster</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>排班 {planned} 人　上岗 {on} 人</source>
   <translation>rostered {planned}  on duty {on}</translation>
  </message>
 </context>
 <context>
  <name>Errands</name>
  <message>
   <source>{name} {phone}，已复制</source>
   <translation>{name} {phone} copied</translation>
  </message>
  <message>
   <source>{name} {phone}，已复制，已留痕</source>
   <translation>{name} {phone}: copied, audited</translation>
  </message>
  <message>
   <source>地图上没有这个网格</source>
   <translation>This grid is not on the map</translation>
  </message>
  <message>
   <source>查看号码</source>
   <translation>Show number</translation>
  </message>
  <message>
   <source>查看并复制</source>
   <translation>Show and copy</translation>
  </message>
  <message>
   <source>致电{name}：</source>
   <translation>Calling {name}: </translation>
  </message>
 </context>
 <context>
  <name>ExportPlace</name>
  <message>
   <source>{name} {n} 行</source>
   <translation>{name}, {n} rows</translation>
  </message>
  <message>
   <source>交接清单</source>
   <translation>Hand-over list</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>Workers</translation>
  </message>
  <message>
   <source>例外</source>
   <translation>Exceptions</translation>
  </message>
  <message>
   <source>值班日志</source>
   <translation>Logbook</translation>
  </message>
  <message>
   <source>处置单位</source>
   <translation>Units</translation>
  </message>
  <message>
   <source>管理对象</source>
   <translation>Managed objects</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grids</translation>
  </message>
  <message>
   <source>队列</source>
   <translation>Queue</translation>
  </message>
 </context>
 <context>
  <name>ExportSheet</name>
  <message>
   <source>不填则遮蔽；填了会留痕</source>
   <translation>empty: masked; filled in: audited</translation>
  </message>
  <message>
   <source>个人信息已遮蔽</source>
   <translation>personal data masked</translation>
  </message>
  <message>
   <source>以 .xlsx、.csv 或 .geojson 结尾</source>
   <translation>ends in .xlsx, .csv or .geojson</translation>
  </message>
  <message>
   <source>停下了，没有留下文件</source>
   <translation>Stopped; no file is left</translation>
  </message>
  <message>
   <source>同名文件已经存在；再按一次 Enter 就覆盖它</source>
   <translation>The file exists; Enter again replaces it</translation>
  </message>
  <message>
   <source>含明文个人信息</source>
   <translation>personal data in clear</translation>
  </message>
  <message>
   <source>导出</source>
   <translation>Export</translation>
  </message>
  <message>
   <source>已写 {rows} 行　按 Esc 停下</source>
   <translation>{rows} rows written  Esc stops</translation>
  </message>
  <message>
   <source>已写入 {path}，{rows} 行，{shown}</source>
   <translation>Written to {path}, {rows} rows, {shown}</translation>
  </message>
  <message>
   <source>文件</source>
   <translation>File</translation>
  </message>
  <message>
   <source>文件写明导出人、席位和时间</source>
   <translation>The file names who exported it, the seat and the time</translation>
  </message>
  <message>
   <source>文件名要以 .xlsx、.csv 或 .geojson 结尾</source>
   <translation>The name must end in .xlsx, .csv or .geojson</translation>
  </message>
  <message>
   <source>明文理由</source>
   <translation>Why clear</translation>
  </message>
  <message>
   <source>正在写入……按 Esc 停下</source>
   <translation>Writing… Esc stops</translation>
  </message>
  <message>
   <source>清单</source>
   <translation>List</translation>
  </message>
  <message>
   <source>选文件</source>
   <translation>Choose file</translation>
  </message>
 </context>
 <context>
  <name>Facts</name>
  <message>
   <source>Enter 打开</source>
   <translation>Enter opens</translation>
  </message>
  <message>
   <source>Enter 打开表单</source>
   <translation>Enter opens the form</translation>
  </message>
  <message>
   <source>Enter 执行</source>
   <translation>Enter does it</translation>
  </message>
  <message>
   <source>Enter 执行　10 秒内可撤销 Z</source>
   <translation>Enter does it  undo within 10 s with Z</translation>
  </message>
  <message>
   <source>{count} 图</source>
   <translation>{count} photos</translation>
  </message>
  <message>
   <source>{due} 前答复</source>
   <translation>answer by {due}</translation>
  </message>
  <message>
   <source>{due}前</source>
   <translation>by {due}</translation>
  </message>
  <message>
   <source>{said}，至 {until}</source>
   <translation>{said}, until {until}</translation>
  </message>
  <message>
   <source>{stage}限 {at}</source>
   <translation>{stage} by {at}</translation>
  </message>
  <message>
   <source>{there}，缺 {count}</source>
   <translation>{there}, {count} missing</translation>
  </message>
  <message>
   <source>{what}，在表单里填</source>
   <translation>{what}: fill in on the form</translation>
  </message>
  <message>
   <source>上报</source>
   <translation>Reported</translation>
  </message>
  <message>
   <source>不能办</source>
   <translation>Not allowed</translation>
  </message>
  <message>
   <source>几件同号，选一件</source>
   <translation>Several match; choose one</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>原时限 {at}</source>
   <translation>was due {at}</translation>
  </message>
  <message>
   <source>在动作后写编号，如 1023</source>
   <translation>Write a number after the act, e.g. 1023</translation>
  </message>
  <message>
   <source>在表单里办</source>
   <translation>done on the form</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>将打开</source>
   <translation>Opens</translation>
  </message>
  <message>
   <source>将执行</source>
   <translation>Does</translation>
  </message>
  <message>
   <source>已延 {count} 次 · {said}</source>
   <translation>extended {count}× · {said}</translation>
  </message>
  <message>
   <source>已答复</source>
   <translation>Answered</translation>
  </message>
  <message>
   <source>市级 {name}</source>
   <translation>City {name}</translation>
  </message>
  <message>
   <source>并入 {master}</source>
   <translation>Merged into {master}</translation>
  </message>
  <message>
   <source>并有 {count} 件</source>
   <translation>{count} merged in</translation>
  </message>
  <message>
   <source>并案</source>
   <translation>Merged</translation>
  </message>
  <message>
   <source>延期</source>
   <translation>Extension</translation>
  </message>
  <message>
   <source>建议{level}</source>
   <translation>proposed: {level}</translation>
  </message>
  <message>
   <source>归档</source>
   <translation>Archive</translation>
  </message>
  <message>
   <source>情况</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>扣 {count} 分</source>
   <translation>−{count} pts</translation>
  </message>
  <message>
   <source>按 V 显示，留痕</source>
   <translation>V shows it; audited</translation>
  </message>
  <message>
   <source>撤派</source>
   <translation>Told off</translation>
  </message>
  <message>
   <source>核实</source>
   <translation>Verification</translation>
  </message>
  <message>
   <source>没有找到编号 {number}</source>
   <translation>No incident {number}</translation>
  </message>
  <message>
   <source>注意</source>
   <translation>Mind</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
  <message>
   <source>督办</source>
   <translation>Card</translation>
  </message>
  <message>
   <source>结果</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>No.</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>评价</source>
   <translation>Grading</translation>
  </message>
  <message>
   <source>请核实</source>
   <translation>asked to verify</translation>
  </message>
  <message>
   <source>读取中</source>
   <translation>Reading</translation>
  </message>
  <message>
   <source>返工</source>
   <translation>Rework</translation>
  </message>
  <message>
   <source>还缺</source>
   <translation>Missing</translation>
  </message>
  <message>
   <source>退回</source>
   <translation>Returned</translation>
  </message>
  <message>
   <source>重办</source>
   <translation>Redone</translation>
  </message>
 </context>
 <context>
  <name>Field</name>
  <message>
   <source>命令</source>
   <translation>Command</translation>
  </message>
 </context>
 <context>
  <name>GuideLines</name>
  <message>
   <source>上报照片 {count} 张</source>
   <translation>{count} photos on report</translation>
  </message>
  <message>
   <source>办理指引</source>
   <translation>Guide</translation>
  </message>
  <message>
   <source>办结条件：{closing}</source>
   <translation>Closes when: {closing}</translation>
  </message>
  <message>
   <source>处置后照片 {count} 张</source>
   <translation>{count} photos after handling</translation>
  </message>
 </context>
 <context>
  <name>HandoverList</name>
  <message>
   <source>{count} 处矛盾</source>
   <translation>{count} contradictions</translation>
  </message>
  <message>
   <source>{count} 条时钟可疑</source>
   <translation>{count} doubtful clocks</translation>
  </message>
  <message>
   <source>{done} / {every}</source>
   <translation>{done} / {every}</translation>
  </message>
  <message>
   <source>{kind} {date}</source>
   <translation>{kind} {date}</translation>
  </message>
  <message>
   <source>{person} {at} 勾清</source>
   <translation>ticked by {person} {at}</translation>
  </message>
  <message>
   <source>{unit} 未确认撤出</source>
   <translation>{unit}: stand-down not confirmed</translation>
  </message>
  <message>
   <source>交接清单</source>
   <translation>Hand-over list</translation>
  </message>
  <message>
   <source>兑现</source>
   <translation>Kept</translation>
  </message>
  <message>
   <source>复查</source>
   <translation>Review</translation>
  </message>
  <message>
   <source>申请{kind}</source>
   <translation>asks {kind}</translation>
  </message>
  <message>
   <source>答复 {span}</source>
   <translation>answer {span}</translation>
  </message>
  <message>
   <source>超时 {span}</source>
   <translation>over by {span}</translation>
  </message>
  <message>
   <source>这一班没有要交接的事项。R 出报告，然后签字</source>
   <translation>Nothing to hand over. R issues the report, then sign</translation>
  </message>
 </context>
 <context>
  <name>HandoverSheet</name>
  <message>
   <source>{shift}　勾清 {done} / {all}　在办 {open}（红 {red}，黄 {yellow}）</source>
   <translation>{shift}  ticked {done} / {all}  open {open} (red {red}, yellow {yellow})</translation>
  </message>
  <message>
   <source>← 上一班　→ 下一班</source>
   <translation>← previous shift  → next shift</translation>
  </message>
  <message>
   <source>交接班</source>
   <translation>Handover</translation>
  </message>
  <message>
   <source>交班签字</source>
   <translation>Sign out</translation>
  </message>
  <message>
   <source>值班日志</source>
   <translation>Logbook</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>出报告</source>
   <translation>Issue report</translation>
  </message>
  <message>
   <source>勾清，下一项</source>
   <translation>Tick, next</translation>
  </message>
  <message>
   <source>双方已签字，以上事件由{shift}负责</source>
   <translation>Both have signed; {shift} answers for the incidents above</translation>
  </message>
  <message>
   <source>审核签字</source>
   <translation>Sign review</translation>
  </message>
  <message>
   <source>报告由另一席出具；按 R 在本席打印同一份来看。</source>
   <translation>Another seat issued the report; R prints the same here.</translation>
  </message>
  <message>
   <source>按 R 出报告，这里看各页。</source>
   <translation>R issues the report; its pages show here.</translation>
  </message>
  <message>
   <source>接班签字</source>
   <translation>Sign in</translation>
  </message>
  <message>
   <source>正在写报告……</source>
   <translation>Writing the report…</translation>
  </message>
  <message>
   <source>空格 勾清或撤回　O 看事件　L 值班日志　Ctrl D 导出</source>
   <translation>Space ticks or unticks · O incident · L logbook · Ctrl D export</translation>
  </message>
 </context>
 <context>
  <name>Head</name>
  <message>
   <source>{state} · 争议</source>
   <translation>{state} · disputed</translation>
  </message>
  <message>
   <source>工作时</source>
   <translation>working time</translation>
  </message>
  <message>
   <source>未分类事项</source>
   <translation>Unclassified</translation>
  </message>
  <message>
   <source>自然时</source>
   <translation>clock time</translation>
  </message>
 </context>
 <context>
  <name>HubNote</name>
  <message>
   <source>{kind}各席位共用，只能由市平台收进去再发下来；在这里可以先看看文件读得对不对。请市平台的管理员运行（数据库地址用 --db 或 ZHIWANG_HUB_DB）：</source>
   <translation>{kind}: shared by all seats and taken in by the city hub alone, which sends it on; here you can see whether the file reads as it should. Ask the hub's administrator to run (the database by --db or ZHIWANG_HUB_DB):</translation>
  </message>
  <message>
   <source>抄下命令</source>
   <translation>Copy command</translation>
  </message>
 </context>
 <context>
  <name>ImportSheet</name>
  <message>
   <source>CSV、XLSX 或 GeoJSON</source>
   <translation>CSV, XLSX or GeoJSON</translation>
  </message>
  <message>
   <source>TOML；不填就在下面选列</source>
   <translation>TOML; or choose the columns below</translation>
  </message>
  <message>
   <source>{counts}　按 Esc 停下</source>
   <translation>{counts}  Esc stops</translation>
  </message>
  <message>
   <source>{name}-不收的行.csv</source>
   <translation>{name}-rejects.csv</translation>
  </message>
  <message>
   <source>{n} 列</source>
   <translation>{n} columns</translation>
  </message>
  <message>
   <source>{n} 行</source>
   <translation>{n} rows</translation>
  </message>
  <message>
   <source>不收的行</source>
   <translation>Rejects</translation>
  </message>
  <message>
   <source>停下了：{counts}。再导入一次会接着来。</source>
   <translation>Stopped: {counts}. Importing again goes on from here.</translation>
  </message>
  <message>
   <source>先写上或选一个文件</source>
   <translation>Name or choose a file first</translation>
  </message>
  <message>
   <source>分隔符 {separator}</source>
   <translation>separator {separator}</translation>
  </message>
  <message>
   <source>列对照</source>
   <translation>Mapping</translation>
  </message>
  <message>
   <source>列对照 (*.toml)</source>
   <translation>Mappings (*.toml)</translation>
  </message>
  <message>
   <source>原因</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>另存不收的行</source>
   <translation>Save rejects</translation>
  </message>
  <message>
   <source>命令已抄下，可以粘贴</source>
   <translation>Command copied, ready to paste</translation>
  </message>
  <message>
   <source>对照</source>
   <translation>Mapping</translation>
  </message>
  <message>
   <source>导入</source>
   <translation>Import</translation>
  </message>
  <message>
   <source>导入完毕：{counts}</source>
   <translation>Imported: {counts}</translation>
  </message>
  <message>
   <source>已写入 {path}</source>
   <translation>Written to {path}</translation>
  </message>
  <message>
   <source>文件</source>
   <translation>File</translation>
  </message>
  <message>
   <source>新 {taken}，已有 {known}，不收 {rejected}</source>
   <translation>new {taken}, known {known}, rejected {rejected}</translation>
  </message>
  <message>
   <source>正在检查文件……按 Esc 停下</source>
   <translation>Checking the file… Esc stops</translation>
  </message>
  <message>
   <source>行</source>
   <translation>Row</translation>
  </message>
  <message>
   <source>表格 (*.csv *.csv.gz *.txt *.xlsx *.geojson *.json)</source>
   <translation>Tables (*.csv *.csv.gz *.txt *.xlsx *.geojson *.json)</translation>
  </message>
  <message>
   <source>试一遍</source>
   <translation>Dry run</translation>
  </message>
  <message>
   <source>试了一遍，没有写入：{counts}</source>
   <translation>Dry run, nothing written: {counts}</translation>
  </message>
  <message>
   <source>读取</source>
   <translation>Read</translation>
  </message>
  <message>
   <source>选文件</source>
   <translation>Choose file</translation>
  </message>
  <message>
   <source>预览</source>
   <translation>Preview</translation>
  </message>
 </context>
 <context>
  <name>IncidentPanel</name>
  <message>
   <source>事件{number}</source>
   <translation>Incident {number}</translation>
  </message>
  <message>
   <source>接手没有应答的席位的事件</source>
   <translation>Take over from a seat that does not answer</translation>
  </message>
  <message>
   <source>此处 90 天内</source>
   <translation>90 days here</translation>
  </message>
  <message>
   <source>没有选中事件。↑ ↓ 在列表里选，N 看下一条</source>
   <translation>No incident chosen. ↑ ↓ choose, N takes the next</translation>
  </message>
  <message>
   <source>看照片</source>
   <translation>View photos</translation>
  </message>
  <message>
   <source>看电话号码，留痕</source>
   <translation>Show phone number; audited</translation>
  </message>
 </context>
 <context>
  <name>KindLine</name>
  <message>
   <source>换种类</source>
   <translation>Change</translation>
  </message>
  <message>
   <source>种类</source>
   <translation>Kind</translation>
  </message>
 </context>
 <context>
  <name>LayerSwitch</name>
  <message>
   <source>事件</source>
   <translation>Incidents</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>Workers</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Units</translation>
  </message>
  <message>
   <source>就近</source>
   <translation>Nearby</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
 </context>
 <context>
  <name>Legend</name>
  <message>
   <source>&gt;10 分</source>
   <translation>&gt;10 min</translation>
  </message>
  <message>
   <source>≤2 分</source>
   <translation>≤2 min</translation>
  </message>
  <message>
   <source>争议</source>
   <translation>Disputed</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>在岗</source>
   <translation>On duty</translation>
  </message>
  <message>
   <source>在途</source>
   <translation>En route</translation>
  </message>
  <message>
   <source>失联</source>
   <translation>Silent</translation>
  </message>
  <message>
   <source>定位</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>将到时</source>
   <translation>Due soon</translation>
  </message>
  <message>
   <source>巡查</source>
   <translation>Patrol</translation>
  </message>
  <message>
   <source>已派</source>
   <translation>Assigned</translation>
  </message>
  <message>
   <source>时限内</source>
   <translation>In time</translation>
  </message>
  <message>
   <source>网格未结</source>
   <translation>Open per grid</translation>
  </message>
  <message>
   <source>超时</source>
   <translation>Overdue</translation>
  </message>
 </context>
 <context>
  <name>LegendButton</name>
  <message>
   <source>图例</source>
   <translation>Legend</translation>
  </message>
 </context>
 <context>
  <name>LockNote</name>
  <message>
   <source>视图已锁定 · 按 0 复位</source>
   <translation>View locked · 0 resets</translation>
  </message>
 </context>
 <context>
  <name>LockSheet</name>
  <message>
   <source>{count} 项告警没有人确认</source>
   <translation>{count} alarms not acknowledged</translation>
  </message>
  <message>
   <source>已锁定</source>
   <translation>Locked</translation>
  </message>
  <message>
   <source>换人</source>
   <translation>Change user</translation>
  </message>
  <message>
   <source>没有等待确认的告警</source>
   <translation>No alarms to acknowledge</translation>
  </message>
  <message>
   <source>解锁</source>
   <translation>Unlock</translation>
  </message>
 </context>
 <context>
  <name>LogList</name>
  <message>
   <source>{date} 前</source>
   <translation>by {date}</translation>
  </message>
  <message>
   <source>　—　{person}已兑现</source>
   <translation>  —  kept by {person}</translation>
  </message>
  <message>
   <source>值班日志</source>
   <translation>Logbook</translation>
  </message>
  <message>
   <source>还没有记录。N 写一条</source>
   <translation>No entries yet. N writes one</translation>
  </message>
  <message>
   <source>（内容不在本机）</source>
   <translation>(not on this seat)</translation>
  </message>
 </context>
 <context>
  <name>LogSheet</name>
  <message>
   <source>T 类别　P 人员　V 承诺已兑现　O 看事件　← → 换班　Ctrl D 导出</source>
   <translation>T kind · P person · V promise kept · O incident · ← → shift · Ctrl D export</translation>
  </message>
  <message>
   <source>{shift}　{count} 条</source>
   <translation>{shift}  {count} entries</translation>
  </message>
  <message>
   <source>值班日志</source>
   <translation>Logbook</translation>
  </message>
  <message>
   <source>全部人员</source>
   <translation>Everybody</translation>
  </message>
  <message>
   <source>全部类别</source>
   <translation>All kinds</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>写一条</source>
   <translation>Write</translation>
  </message>
  <message>
   <source>写值班日志</source>
   <translation>Write in logbook</translation>
  </message>
  <message>
   <source>记下</source>
   <translation>Record</translation>
  </message>
 </context>
 <context>
  <name>Map</name>
  <message>
   <source>{0} 公里</source>
   <translation>{0} km</translation>
  </message>
  <message>
   <source>{0} 分</source>
   <translation>{0} min</translation>
  </message>
  <message>
   <source>{0} 米</source>
   <translation>{0} m</translation>
  </message>
 </context>
 <context>
  <name>MapView</name>
  <message>
   <source>地图</source>
   <translation>Map</translation>
  </message>
 </context>
 <context>
  <name>MergeBand</name>
  <message>
   <source>并排查看</source>
   <translation>Side by side</translation>
  </message>
  <message>
   <source>建议先并案：与 {number} 同一事项，相距 {metres} 米，共 {count} 件</source>
   <translation>Merge first? Same item as {number}, {metres} m apart, {count} in all</translation>
  </message>
  <message>
   <source>派遣不受影响，并案后各上报人都会收到反馈</source>
   <translation>Dispatch goes on; after the merge every reporter is answered</translation>
  </message>
 </context>
 <context>
  <name>NearLines</name>
  <message>
   <source>{said}，另{more}件</source>
   <translation>{said}, {more} more</translation>
  </message>
  <message>
   <source>并排查看</source>
   <translation>Side by side</translation>
  </message>
  <message>
   <source>查看</source>
   <translation>View</translation>
  </message>
  <message>
   <source>此处 90 天内{count}起：{listed}</source>
   <translation>{count} here in 90 days: {listed}</translation>
  </message>
  <message>
   <source>此处以往的事件</source>
   <translation>Earlier incidents here</translation>
  </message>
  <message>
   <source>疑似重复{number}，{metres}米，相隔{apart}</source>
   <translation>Perhaps duplicate of {number}, {metres} m, {apart} apart</translation>
  </message>
  <message>
   <source>疑似重复，并排查看后并案</source>
   <translation>Perhaps duplicates: compare, then merge</translation>
  </message>
 </context>
 <context>
  <name>NearSheet</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>打开</source>
   <translation>Open</translation>
  </message>
 </context>
 <context>
  <name>NumberList</name>
  <message>
   <source>{number}的分母</source>
   <translation>denominator of {number}</translation>
  </message>
  <message>
   <source>分母</source>
   <translation>Of which</translation>
  </message>
  <message>
   <source>数字</source>
   <translation>Numbers</translation>
  </message>
  <message>
   <source>正在数……</source>
   <translation>Counting…</translation>
  </message>
  <message>
   <source>清单</source>
   <translation>List</translation>
  </message>
  <message>
   <source>这一期没有可以打开的数字</source>
   <translation>No number of this period has a list</translation>
  </message>
 </context>
 <context>
  <name>OnlyBar</name>
  <message>
   <source>{count} 件已不在本机：{ids}</source>
   <translation>{count} no longer on this machine: {ids}</translation>
  </message>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>回去</source>
   <translation>Back</translation>
  </message>
  <message>
   <source>已办结的没有读到：{why}</source>
   <translation>Ended ones could not be read: {why}</translation>
  </message>
  <message>
   <source>清单 {count} 件</source>
   <translation>{count} listed</translation>
  </message>
 </context>
 <context>
  <name>OrderPlace</name>
  <message>
   <source>事件{number} · 印交办单</source>
   <translation>Incident {number} · print order</translation>
  </message>
  <message>
   <source>先选一件事件，再印交办单</source>
   <translation>Choose an incident first, then print its order</translation>
  </message>
  <message>
   <source>印交办单</source>
   <translation>Print order</translation>
  </message>
  <message>
   <source>还没有派遣，没有交办单</source>
   <translation>Not dispatched yet: there is no order</translation>
  </message>
 </context>
 <context>
  <name>Palette</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>执行</source>
   <translation>Do</translation>
  </message>
  <message>
   <source>执行并开下一条</source>
   <translation>Do and next</translation>
  </message>
  <message>
   <source>本机 {ms} 毫秒</source>
   <translation>here in {ms} ms</translation>
  </message>
  <message>
   <source>补全</source>
   <translation>Complete</translation>
  </message>
  <message>
   <source>选择</source>
   <translation>Choose</translation>
  </message>
 </context>
 <context>
  <name>Paper</name>
  <message>
   <source>已送打印：{file}</source>
   <translation>Sent to the printer: {file}</translation>
  </message>
  <message>
   <source>打印没有成功：{why}</source>
   <translation>Printing failed: {why}</translation>
  </message>
  <message>
   <source>这台机器没有打印命令（lp）；请从文件打印：{file}</source>
   <translation>This machine has no print command (lp); print the file: {file}</translation>
  </message>
 </context>
 <context>
  <name>Parts</name>
  <message>
   <source>{at} 受理 · 与{talked}沟通 · {measure} · {due} 前办完</source>
   <translation>taken on {at} · talked with {talked} · {measure} · done by {due}</translation>
  </message>
  <message>
   <source>{at}到达</source>
   <translation>arrived {at}</translation>
  </message>
  <message>
   <source>停表 · 余 {span}</source>
   <translation>stopped · {span} left</translation>
  </message>
  <message>
   <source>停表 · 超时 {span}</source>
   <translation>stopped · late {span}</translation>
  </message>
  <message>
   <source>办完{over}，共{all}</source>
   <translation>{over} of {all} done</translation>
  </message>
  <message>
   <source>协办单</source>
   <translation>Parts</translation>
  </message>
  <message>
   <source>处置</source>
   <translation>Disposal</translation>
  </message>
  <message>
   <source>待答复</source>
   <translation>to answer</translation>
  </message>
  <message>
   <source>答复</source>
   <translation>answer</translation>
  </message>
  <message>
   <source>签收</source>
   <translation>Sign for</translation>
  </message>
  <message>
   <source>超时{span}</source>
   <translation>over by {span}</translation>
  </message>
 </context>
 <context>
  <name>PeriodBar</name>
  <message>
   <source>前一期</source>
   <translation>Before</translation>
  </message>
  <message>
   <source>后一期</source>
   <translation>Next</translation>
  </message>
  <message>
   <source>对比 {words}</source>
   <translation>Beside {words}</translation>
  </message>
  <message>
   <source>导出 {words}</source>
   <translation>As {words}</translation>
  </message>
 </context>
 <context>
  <name>PhotoViewer</name>
  <message>
   <source>{at} / {count}　← → 翻看　Esc 关闭</source>
   <translation>{at} / {count}  ← → browse  Esc closes</translation>
  </message>
  <message>
   <source>照片上传中</source>
   <translation>photo uploading</translation>
  </message>
  <message>
   <source>照片打不开</source>
   <translation>photo unreadable</translation>
  </message>
 </context>
 <context>
  <name>Photos</name>
  <message>
   <source>查看</source>
   <translation>View</translation>
  </message>
  <message>
   <source>照片 {count} 张</source>
   <translation>Photos: {count}</translation>
  </message>
 </context>
 <context>
  <name>PhotosEntry</name>
  <message>
   <source>{count} 张</source>
   <translation>{count} photos</translation>
  </message>
  <message>
   <source>没有照片</source>
   <translation>No photos</translation>
  </message>
  <message>
   <source>添加照片</source>
   <translation>Add photos</translation>
  </message>
 </context>
 <context>
  <name>Picks</name>
  <message>
   <source>事项</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>内容 *</source>
   <translation>Text *</translation>
  </message>
  <message>
   <source>分隔符</source>
   <translation>Separator</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>坐标系</source>
   <translation>Coordinates</translation>
  </message>
  <message>
   <source>时区</source>
   <translation>Time zone</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>时间格式</source>
   <translation>Time format</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
  <message>
   <source>纬度</source>
   <translation>Latitude</translation>
  </message>
  <message>
   <source>经度</source>
   <translation>Longitude</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>No.</translation>
  </message>
  <message>
   <source>编码</source>
   <translation>Encoding</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>自动</source>
   <translation>automatic</translation>
  </message>
 </context>
 <context>
  <name>PlainForm</name>
  <message>
   <source>必须填写</source>
   <translation>Required</translation>
  </message>
 </context>
 <context>
  <name>Planner</name>
  <message>
   <source>{metres} 米</source>
   <translation>{metres} m</translation>
  </message>
  <message>
   <source>{name}已下班，收不到提醒</source>
   <translation>{name} is off duty and gets no alert</translation>
  </message>
  <message>
   <source>{name}已失联</source>
   <translation>{name} is silent</translation>
  </message>
  <message>
   <source>{name}手上还有 {task}</source>
   <translation>{name} is still on {task}</translation>
  </message>
  <message>
   <source>{name}是网格员，不能作主办；主办取建议的单位，由其工作站协助</source>
   <translation>{name} is a grid worker and cannot lead; the proposed unit leads, their station assists</translation>
  </message>
  <message>
   <source>主办</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>代谁记录</source>
   <translation>For whom</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>协助</source>
   <translation>Assist</translation>
  </message>
  <message>
   <source>在本村</source>
   <translation>in this village</translation>
  </message>
  <message>
   <source>在本网格</source>
   <translation>in this grid</translation>
  </message>
  <message>
   <source>手上无单</source>
   <translation>no open order</translation>
  </message>
  <message>
   <source>本事项主办是{lead}</source>
   <translation>The lead for this item is {lead}</translation>
  </message>
  <message>
   <source>没有看懂“{word}”</source>
   <translation>Not understood: “{word}”</translation>
  </message>
  <message>
   <source>疑似与 {number} 重复，相距 {metres} 米</source>
   <translation>Perhaps a duplicate of {number}, {metres} m apart</translation>
  </message>
  <message>
   <source>请{name}到场</source>
   <translation>ask {name} to attend</translation>
  </message>
 </context>
 <context>
  <name>ReceiptBoard</name>
  <message>
   <source>{age}前</source>
   <translation>{age} ago</translation>
  </message>
  <message>
   <source>{count} 个</source>
   <translation>{count}</translation>
  </message>
  <message>
   <source>{held} / {made} 条，隔离 {kept}</source>
   <translation>{held} of {made}, {kept} quarantined</translation>
  </message>
  <message>
   <source>上次联系 {at}</source>
   <translation>last contact {at}</translation>
  </message>
  <message>
   <source>与本机现在的数目相符</source>
   <translation>Agrees with what is here now</translation>
  </message>
  <message>
   <source>会签之后本机又有变化，按 R 重新会签</source>
   <translation>Something has changed here since; R has it signed anew</translation>
  </message>
  <message>
   <source>写者</source>
   <translation>Writers</translation>
  </message>
  <message>
   <source>同步回执</source>
   <translation>Sync receipt</translation>
  </message>
  <message>
   <source>尚未会签。联网后按 R，市平台即在它持有的数目下签名</source>
   <translation>Not signed yet. When online, R has the hub sign what it holds</translation>
  </message>
  <message>
   <source>市平台会签</source>
   <translation>Countersigned by the hub</translation>
  </message>
  <message>
   <source>市平台已收</source>
   <translation>On the hub</translation>
  </message>
  <message>
   <source>待发</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>截至 {town} 第 {seq} 号</source>
   <translation>as of {town} number {seq}</translation>
  </message>
  <message>
   <source>拒收 {count}</source>
   <translation>{count} refused</translation>
  </message>
  <message>
   <source>持有本机事件</source>
   <translation>Holds of ours</translation>
  </message>
  <message>
   <source>摘要</source>
   <translation>Digest</translation>
  </message>
  <message>
   <source>摘要一致</source>
   <translation>Digests equal</translation>
  </message>
  <message>
   <source>摘要不一致</source>
   <translation>Digests differ</translation>
  </message>
  <message>
   <source>摘要未比对</source>
   <translation>Digests not compared</translation>
  </message>
  <message>
   <source>本机产生</source>
   <translation>Made here</translation>
  </message>
  <message>
   <source>正在清点</source>
   <translation>Counting</translation>
  </message>
  <message>
   <source>现在连不上市平台，以下是上次会签的</source>
   <translation>The hub is away; this is the last receipt</translation>
  </message>
  <message>
   <source>第 {seq} 号 · {mark}</source>
   <translation>{seq} · {mark}</translation>
  </message>
  <message>
   <source>签名</source>
   <translation>Signature</translation>
  </message>
  <message>
   <source>还没有联系过市平台</source>
   <translation>Never in contact with the hub</translation>
  </message>
  <message>
   <source>镇街序号</source>
   <translation>Town number</translation>
  </message>
  <message>
   <source>隔离 {count}</source>
   <translation>{count} quarantined</translation>
  </message>
 </context>
 <context>
  <name>ReceiptSheet</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>同步回执</source>
   <translation>Sync receipt</translation>
  </message>
  <message>
   <source>导出回执</source>
   <translation>Export receipt</translation>
  </message>
  <message>
   <source>已写入 {file}</source>
   <translation>Written to {file}</translation>
  </message>
  <message>
   <source>现在连不上市平台，连上后自动会签</source>
   <translation>The hub is away; it signs when it is back</translation>
  </message>
  <message>
   <source>重新会签</source>
   <translation>Sign anew</translation>
  </message>
 </context>
 <context>
  <name>ReportForm</name>
  <message>
   <source>上报并再报一件</source>
   <translation>Report and another</translation>
  </message>
  <message>
   <source>下派并再派一件</source>
   <translation>Assign and another</translation>
  </message>
  <message>
   <source>必须填写</source>
   <translation>Required</translation>
  </message>
 </context>
 <context>
  <name>ReportPreview</name>
  <message>
   <source>Tab 到页上，方向键选数字，Enter 看清单</source>
   <translation>Tab to the pages, arrows pick a number, Enter lists</translation>
  </message>
  <message>
   <source>修订 {number}</source>
   <translation>Revision {number}</translation>
  </message>
  <message>
   <source>暂定</source>
   <translation>Provisional</translation>
  </message>
  <message>
   <source>没有 poppler（pdftoppm），不能预览；文件已写好</source>
   <translation>No poppler (pdftoppm), no preview; the files are written</translation>
  </message>
  <message>
   <source>第 2 页不平衡</source>
   <translation>Page 2 does not balance</translation>
  </message>
  <message>
   <source>第 2 页平衡</source>
   <translation>Page 2 balances</translation>
  </message>
  <message>
   <source>预览，未出具</source>
   <translation>Preview, not issued</translation>
  </message>
  <message>
   <source>首次</source>
   <translation>First</translation>
  </message>
 </context>
 <context>
  <name>ReportProposalLines</name>
  <message>
   <source>50 米、24 小时内没有同类事件</source>
   <translation>none of its kind within 50 m, 24 h</translation>
  </message>
  <message>
   <source>{metres}米处，{apart}前已有{number}</source>
   <translation>{number}: {metres} m away, {apart} earlier</translation>
  </message>
  <message>
   <source>{said}，另{more}件</source>
   <translation>{said}, {more} more</translation>
  </message>
  <message>
   <source>{unit}可协助</source>
   <translation>{unit} can assist</translation>
  </message>
  <message>
   <source>{until}前受理</source>
   <translation>accept by {until}</translation>
  </message>
  <message>
   <source>办结条件</source>
   <translation>Condition</translation>
  </message>
  <message>
   <source>受理时限</source>
   <translation>Acceptance</translation>
  </message>
  <message>
   <source>处置单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>处置时限</source>
   <translation>Disposal</translation>
  </message>
  <message>
   <source>拟办</source>
   <translation>Proposed</translation>
  </message>
  <message>
   <source>指引</source>
   <translation>Guide</translation>
  </message>
  <message>
   <source>有了坐标才能查重</source>
   <translation>a position is needed to look for duplicates</translation>
  </message>
  <message>
   <source>本事项没有办理指引</source>
   <translation>no guide for this item</translation>
  </message>
  <message>
   <source>本镇没有主办单位，派遣时选定</source>
   <translation>no lead unit in this town; choose at dispatch</translation>
  </message>
  <message>
   <source>查重</source>
   <translation>Duplicates</translation>
  </message>
  <message>
   <source>照片 {count} 张</source>
   <translation>Photos: {count}</translation>
  </message>
  <message>
   <source>现在派出则{until}前</source>
   <translation>until {until} if sent now</translation>
  </message>
  <message>
   <source>缺{years}年工作日历</source>
   <translation>no work calendar for {years}</translation>
  </message>
  <message>
   <source>选定事项后显示处置单位和时限</source>
   <translation>Unit and limits appear once an item is chosen</translation>
  </message>
  <message>
   <source>随事项，不随优先级</source>
   <translation>by item, not priority</translation>
  </message>
 </context>
 <context>
  <name>ResponseLines</name>
  <message>
   <source>{at} 到达 · 用时 {span}</source>
   <translation>there {at} · after {span}</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>Arrivals</translation>
  </message>
  <message>
   <source>地图上看就近力量</source>
   <translation>Show what is at hand on the map</translation>
  </message>
  <message>
   <source>就近力量</source>
   <translation>At hand</translation>
  </message>
  <message>
   <source>未到 · 已过 {span}</source>
   <translation>not there · {span} gone</translation>
  </message>
  <message>
   <source>直线距离 · 地图</source>
   <translation>straight line · map</translation>
  </message>
 </context>
 <context>
  <name>RowsTable</name>
  <message>
   <source>预览</source>
   <translation>Preview</translation>
  </message>
 </context>
 <context>
  <name>RunningSheet</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>正在停下……</source>
   <translation>Stopping…</translation>
  </message>
 </context>
 <context>
  <name>SeatWindow</name>
  <message>
   <source>上岗</source>
   <translation>Go on duty</translation>
  </message>
  <message>
   <source>已上岗</source>
   <translation>On duty now</translation>
  </message>
  <message>
   <source>已下岗</source>
   <translation>Off duty now</translation>
  </message>
  <message>
   <source>已登录</source>
   <translation>Logged in</translation>
  </message>
  <message>
   <source>已解锁</source>
   <translation>Unlocked</translation>
  </message>
  <message>
   <source>市级席位不收网格员定位，各镇街自己看。F4 看各镇街</source>
   <translation>Positions of workers stay with the towns. F4: towns and sites</translation>
  </message>
  <message>
   <source>查看</source>
   <translation>View</translation>
  </message>
  <message>
   <source>查看号码</source>
   <translation>Show number</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Log in</translation>
  </message>
 </context>
 <context>
  <name>SeveralFinder</name>
  <message>
   <source>请从列表中选一项</source>
   <translation>Choose one from the list</translation>
  </message>
 </context>
 <context>
  <name>Sheet</name>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
 </context>
 <context>
  <name>ShiftSheet</name>
  <message>
   <source>G 图表、数字</source>
   <translation>G charts, numbers</translation>
  </message>
  <message>
   <source>先按 Enter 出报告（含 PDF），再打印</source>
   <translation>Issue the report (with PDF) by Enter first, then print</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>写成文件并留痕</source>
   <translation>Writes files and leaves a trace</translation>
  </message>
  <message>
   <source>出报告</source>
   <translation>Issue report</translation>
  </message>
  <message>
   <source>已停下，什么也没有写。V 预览，Enter 出报告</source>
   <translation>Stopped; nothing was written. V previews, Enter issues</translation>
  </message>
  <message>
   <source>已写入 {folder}</source>
   <translation>Written to {folder}</translation>
  </message>
  <message>
   <source>打印</source>
   <translation>Print</translation>
  </message>
  <message>
   <source>按 V 预览，各页显示在这里。</source>
   <translation>V previews; the pages are shown here.</translation>
  </message>
  <message>
   <source>正在写报告……Esc 停下</source>
   <translation>Writing the report… Esc stops</translation>
  </message>
  <message>
   <source>正在排版预览……Esc 停下</source>
   <translation>Making the preview… Esc stops</translation>
  </message>
  <message>
   <source>预览</source>
   <translation>Preview</translation>
  </message>
 </context>
 <context>
  <name>Signatures</name>
  <message>
   <source> · 上一版已有人签，须重签</source>
   <translation> · the one before was signed; sign again</translation>
  </message>
  <message>
   <source> · 暂定</source>
   <translation> · provisional</translation>
  </message>
  <message>
   <source>报告 {code} · {at} 出具</source>
   <translation>Report {code} · issued {at}</translation>
  </message>
  <message>
   <source>未签</source>
   <translation>not signed</translation>
  </message>
  <message>
   <source>签字</source>
   <translation>Signatures</translation>
  </message>
  <message>
   <source>还没有出报告：R 出报告后才能签字</source>
   <translation>No report yet: R issues it, then sign</translation>
  </message>
 </context>
 <context>
  <name>SpecialForm</name>
  <message>
   <source>专报</source>
   <translation>Special</translation>
  </message>
  <message>
   <source>最多 20 个字</source>
   <translation>20 characters at most</translation>
  </message>
  <message>
   <source>最长一个月</source>
   <translation>a month at most</translation>
  </message>
  <message>
   <source>看这一期</source>
   <translation>Show</translation>
  </message>
  <message>
   <source>须早于现在</source>
   <translation>must lie before now</translation>
  </message>
  <message>
   <source>须晚于开始</source>
   <translation>must come after the beginning</translation>
  </message>
 </context>
 <context>
  <name>Timeline</name>
  <message>
   <source>{act}（已撤销）</source>
   <translation>{act} (undone)</translation>
  </message>
  <message>
   <source>{act}，{count} 张照片</source>
   <translation>{act}, {count} photos</translation>
  </message>
  <message>
   <source>{count} 条</source>
   <translation>{count} entries</translation>
  </message>
  <message>
   <source>{who} · 代{unit}</source>
   <translation>{who} · for {unit}</translation>
  </message>
  <message>
   <source>时间线</source>
   <translation>Timeline</translation>
  </message>
 </context>
 <context>
  <name>Tools</name>
  <message>
   <source>复位</source>
   <translation>Reset</translation>
  </message>
  <message>
   <source>放大</source>
   <translation>Zoom in</translation>
  </message>
  <message>
   <source>框选</source>
   <translation>Box</translation>
  </message>
  <message>
   <source>测距</source>
   <translation>Measure</translation>
  </message>
  <message>
   <source>缩小</source>
   <translation>Zoom out</translation>
  </message>
 </context>
 <context>
  <name>TownBar</name>
  <message>
   <source>只看 {town}</source>
   <translation>Only {town}</translation>
  </message>
 </context>
 <context>
  <name>TownBoard</name>
  <message>
   <source>{at} 前</source>
   <translation>by {at}</translation>
  </message>
  <message>
   <source>{at} 起</source>
   <translation>since {at}</translation>
  </message>
  <message>
   <source>{count} 件 · {at} 起 · 解除后续计</source>
   <translation>{count} · since {at} · go on when lifted</translation>
  </message>
  <message>
   <source>{count} 种有争议</source>
   <translation>{count} disputed</translation>
  </message>
  <message>
   <source>{leader}带队 · {title}</source>
   <translation>Led by the {leader} · {title}</translation>
  </message>
  <message>
   <source>{priority} 时限已冻结</source>
   <translation>{priority} limits stand still</translation>
  </message>
  <message>
   <source>专项检查、带队巡查、机动队任务</source>
   <translation>Checks, led patrols, squad tasks</translation>
  </message>
  <message>
   <source>争议</source>
   <translation>Disputed</translation>
  </message>
  <message>
   <source>发现 {count}</source>
   <translation>{count} found</translation>
  </message>
  <message>
   <source>另有 {levels}</source>
   <translation>also {levels}</translation>
  </message>
  <message>
   <source>密封至 {at}</source>
   <translation>sealed until {at}</translation>
  </message>
  <message>
   <source>已结束</source>
   <translation>ended</translation>
  </message>
  <message>
   <source>已读 {count}/{all}</source>
   <translation>read {count}/{all}</translation>
  </message>
  <message>
   <source>应急响应</source>
   <translation>Emergency response</translation>
  </message>
  <message>
   <source>最近 {shown} 条，共 {count} 条</source>
   <translation>latest {shown} of {count}</translation>
  </message>
  <message>
   <source>有问题 {count}</source>
   <translation>{count} with problems</translation>
  </message>
  <message>
   <source>未读 {names}</source>
   <translation>unread {names}</translation>
  </message>
  <message>
   <source>机动队 · {title}</source>
   <translation>Squad · {title}</translation>
  </message>
  <message>
   <source>没有下发的检查。C 下发到全部网格</source>
   <translation>No checks ordered. C orders them for all grids</translation>
  </message>
  <message>
   <source>没有启动应急响应。R 调整</source>
   <translation>No response in force. R changes it</translation>
  </message>
  <message>
   <source>没有生效的预警信号。S 发布</source>
   <translation>No signal in force. S issues one</translation>
  </message>
  <message>
   <source>没有通知。G 发通知</source>
   <translation>No notices. G sends one</translation>
  </message>
  <message>
   <source>读</source>
   <translation>Read</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Notices</translation>
  </message>
  <message>
   <source>预警信号</source>
   <translation>Warning signals</translation>
  </message>
 </context>
 <context>
  <name>TownPlace</name>
  <message>
   <source>这个窗口没有镇街的应急与任务</source>
   <translation>This window has no emergency or tasks of a town</translation>
  </message>
 </context>
 <context>
  <name>TownSheet</name>
  <message>
   <source>下令</source>
   <translation>Order</translation>
  </message>
  <message>
   <source>下发</source>
   <translation>Order</translation>
  </message>
  <message>
   <source>下发检查到全部网格</source>
   <translation>Order checks in all grids</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>冻结</source>
   <translation>Frozen</translation>
  </message>
  <message>
   <source>发出</source>
   <translation>Send</translation>
  </message>
  <message>
   <source>发布</source>
   <translation>Issue</translation>
  </message>
  <message>
   <source>发现</source>
   <translation>Find</translation>
  </message>
  <message>
   <source>发通知</source>
   <translation>Send notice</translation>
  </message>
  <message>
   <source>响应</source>
   <translation>Response</translation>
  </message>
  <message>
   <source>带队</source>
   <translation>Led</translation>
  </message>
  <message>
   <source>应急与任务</source>
   <translation>Emergency and tasks</translation>
  </message>
  <message>
   <source>应急响应</source>
   <translation>Response</translation>
  </message>
  <message>
   <source>应急响应 时限已冻结</source>
   <translation>Response: limits frozen</translation>
  </message>
  <message>
   <source>机动队</source>
   <translation>Squad</translation>
  </message>
  <message>
   <source>机动队任务</source>
   <translation>Squad task</translation>
  </message>
  <message>
   <source>检查</source>
   <translation>Checks</translation>
  </message>
  <message>
   <source>点名</source>
   <translation>Radio check</translation>
  </message>
  <message>
   <source>记下</source>
   <translation>Record</translation>
  </message>
  <message>
   <source>记录发现</source>
   <translation>Record a finding</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Notice</translation>
  </message>
  <message>
   <source>预警</source>
   <translation>Signal</translation>
  </message>
  <message>
   <source>预警信号</source>
   <translation>Warning signals</translation>
  </message>
  <message>
   <source>领导带队巡查</source>
   <translation>Patrol led by a leader</translation>
  </message>
 </context>
 <context>
  <name>WorkerEntry</name>
  <message>
   <source>{age}前定位</source>
   <translation>fix {age} ago</translation>
  </message>
  <message>
   <source>{metres} 米</source>
   <translation>{metres} m</translation>
  </message>
  <message>
   <source>{name}已下班，收不到提醒</source>
   <translation>{name} is off duty and gets no alert</translation>
  </message>
  <message>
   <source>{name}已失联 {age}</source>
   <translation>{name} silent for {age}</translation>
  </message>
  <message>
   <source>{name}手上还有 {task}</source>
   <translation>{name} is still on {task}</translation>
  </message>
  <message>
   <source>{why}。仍交给此人，请再按一次 Enter</source>
   <translation>{why}. Press Enter again to assign anyway</translation>
  </message>
  <message>
   <source>手上 {task}</source>
   <translation>on {task}</translation>
  </message>
  <message>
   <source>收不到提醒</source>
   <translation>gets no alert</translation>
  </message>
  <message>
   <source>没有定位</source>
   <translation>no position</translation>
  </message>
 </context>
 <context>
  <name>WorkersHead</name>
  <message>
   <source>人员</source>
   <translation>Workers</translation>
  </message>
  <message>
   <source>展开</source>
   <translation>Expand</translation>
  </message>
  <message>
   <source>覆盖 {covered}/{grids} 网格</source>
   <translation>{covered}/{grids} grids covered</translation>
  </message>
 </context>
 <context>
  <name>WorkersTable</name>
  <message>
   <source>今日任务</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>定位</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>当前任务</source>
   <translation>Current task</translation>
  </message>
  <message>
   <source>时长</source>
   <translation>For</translation>
  </message>
  <message>
   <source>没有这样的人员。再按一次取消筛选</source>
   <translation>No such worker. Press again to clear the filter</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
 </context>
 <context>
  <name>_Printing</name>
  <message>
   <source>交办单已写入 {file}</source>
   <translation>Order written to {file}</translation>
  </message>
 </context>
 <context>
  <name>advice_reasons</name>
  <message>
   <source>手上有单</source>
   <translation>busy</translation>
  </message>
  <message>
   <source>本事项主办单位</source>
   <translation>lead for this item</translation>
  </message>
  <message>
   <source>本村</source>
   <translation>own village</translation>
  </message>
  <message>
   <source>距离近</source>
   <translation>near</translation>
  </message>
 </context>
 <context>
  <name>advice_roles</name>
  <message>
   <source>主办</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>协助</source>
   <translation>Assist</translation>
  </message>
 </context>
 <context>
  <name>bulletin_ways</name>
  <message>
   <source>书面</source>
   <translation>In writing</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
 </context>
 <context>
  <name>bulletins</name>
  <message>
   <source>终报</source>
   <translation>Final</translation>
  </message>
  <message>
   <source>续报</source>
   <translation>Follow-up</translation>
  </message>
  <message>
   <source>首报</source>
   <translation>First</translation>
  </message>
 </context>
 <context>
  <name>channels</name>
  <message>
   <source>上门</source>
   <translation>Visit</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
  <message>
   <source>短信</source>
   <translation>Message</translation>
  </message>
 </context>
 <context>
  <name>events</name>
  <message>
   <source>上岗</source>
   <translation>Signed on</translation>
  </message>
  <message>
   <source>上报</source>
   <translation>Reported</translation>
  </message>
  <message>
   <source>上报市级</source>
   <translation>Escalated</translation>
  </message>
  <message>
   <source>上报市级未获同意</source>
   <translation>Escalation denied</translation>
  </message>
  <message>
   <source>下发检查</source>
   <translation>Checks ordered</translation>
  </message>
  <message>
   <source>下岗</source>
   <translation>Signed off</translation>
  </message>
  <message>
   <source>不予受理</source>
   <translation>Refused</translation>
  </message>
  <message>
   <source>不予受理未获同意</source>
   <translation>Refusal denied</translation>
  </message>
  <message>
   <source>不满意重办</source>
   <translation>Redone, dissatisfied</translation>
  </message>
  <message>
   <source>交接班签字</source>
   <translation>Hand-over signed</translation>
  </message>
  <message>
   <source>作废</source>
   <translation>Voided</translation>
  </message>
  <message>
   <source>作废未获同意</source>
   <translation>Voiding denied</translation>
  </message>
  <message>
   <source>信息报告</source>
   <translation>Information report</translation>
  </message>
  <message>
   <source>值班记事</source>
   <translation>Logbook entry</translation>
  </message>
  <message>
   <source>值班长同意延期</source>
   <translation>Extension endorsed by chief</translation>
  </message>
  <message>
   <source>免协办</source>
   <translation>Part excused</translation>
  </message>
  <message>
   <source>兑现承诺</source>
   <translation>Promise kept</translation>
  </message>
  <message>
   <source>出具值班报告</source>
   <translation>Shift report issued</translation>
  </message>
  <message>
   <source>到达</source>
   <translation>Arrived</translation>
  </message>
  <message>
   <source>勾清交接事项</source>
   <translation>Hand-over items ticked</translation>
  </message>
  <message>
   <source>协办到达</source>
   <translation>Part arrived</translation>
  </message>
  <message>
   <source>协办反馈</source>
   <translation>Part fed back</translation>
  </message>
  <message>
   <source>协办签收</source>
   <translation>Part signed for</translation>
  </message>
  <message>
   <source>协办退回</source>
   <translation>Part returned</translation>
  </message>
  <message>
   <source>单位答复撤出</source>
   <translation>Unit answered stand-down</translation>
  </message>
  <message>
   <source>反馈办结</source>
   <translation>Fed back</translation>
  </message>
  <message>
   <source>发通知</source>
   <translation>Notice sent</translation>
  </message>
  <message>
   <source>取消督办</source>
   <translation>Card cancelled</translation>
  </message>
  <message>
   <source>告知上报人</source>
   <translation>Tell the reporter</translation>
  </message>
  <message>
   <source>回访</source>
   <translation>Called back</translation>
  </message>
  <message>
   <source>回访未通</source>
   <translation>Call not answered</translation>
  </message>
  <message>
   <source>坐席上岗</source>
   <translation>Seat on duty</translation>
  </message>
  <message>
   <source>坐席下岗</source>
   <translation>Seat off duty</translation>
  </message>
  <message>
   <source>备案</source>
   <translation>Recorded only</translation>
  </message>
  <message>
   <source>奖励决定</source>
   <translation>Reward decision</translation>
  </message>
  <message>
   <source>对象检查</source>
   <translation>Object checked</translation>
  </message>
  <message>
   <source>巡查发现</source>
   <translation>Found on patrol</translation>
  </message>
  <message>
   <source>已读通知</source>
   <translation>Notice read</translation>
  </message>
  <message>
   <source>市级下派</source>
   <translation>Assigned by city</translation>
  </message>
  <message>
   <source>市级办结</source>
   <translation>Done by city</translation>
  </message>
  <message>
   <source>市级退回</source>
   <translation>Returned by city</translation>
  </message>
  <message>
   <source>并入一案</source>
   <translation>Took one in</translation>
  </message>
  <message>
   <source>并入主案</source>
   <translation>Merged into master</translation>
  </message>
  <message>
   <source>应急响应</source>
   <translation>Emergency response</translation>
  </message>
  <message>
   <source>延期</source>
   <translation>Extended</translation>
  </message>
  <message>
   <source>延期未获同意</source>
   <translation>Extension denied</translation>
  </message>
  <message>
   <source>恢复</source>
   <translation>Restored</translation>
  </message>
  <message>
   <source>恢复处置</source>
   <translation>Resumed</translation>
  </message>
  <message>
   <source>拆出一案</source>
   <translation>Split one off</translation>
  </message>
  <message>
   <source>拆分</source>
   <translation>Split</translation>
  </message>
  <message>
   <source>挂起</source>
   <translation>On hold</translation>
  </message>
  <message>
   <source>挂起未获同意</source>
   <translation>Hold denied</translation>
  </message>
  <message>
   <source>撤回勾选</source>
   <translation>Ticks withdrawn</translation>
  </message>
  <message>
   <source>撤回反馈</source>
   <translation>Feedback withdrawn</translation>
  </message>
  <message>
   <source>撤销派遣</source>
   <translation>Stood down</translation>
  </message>
  <message>
   <source>撤销立案</source>
   <translation>Filing undone</translation>
  </message>
  <message>
   <source>撤销签收</source>
   <translation>Signing undone</translation>
  </message>
  <message>
   <source>更正</source>
   <translation>Corrected</translation>
  </message>
  <message>
   <source>核实反馈</source>
   <translation>Verified</translation>
  </message>
  <message>
   <source>核查不通过</source>
   <translation>Inspection failed</translation>
  </message>
  <message>
   <source>核查通过</source>
   <translation>Inspection passed</translation>
  </message>
  <message>
   <source>检查任务</source>
   <translation>Check task</translation>
  </message>
  <message>
   <source>检查回报</source>
   <translation>Check answered</translation>
  </message>
  <message>
   <source>检查结束</source>
   <translation>Checks ended</translation>
  </message>
  <message>
   <source>派遣</source>
   <translation>Dispatched</translation>
  </message>
  <message>
   <source>点名</source>
   <translation>Radio check</translation>
  </message>
  <message>
   <source>现场核查</source>
   <translation>Inspected on site</translation>
  </message>
  <message>
   <source>申请上报市级</source>
   <translation>Escalation asked</translation>
  </message>
  <message>
   <source>申请不予受理</source>
   <translation>Refusal asked</translation>
  </message>
  <message>
   <source>申请作废</source>
   <translation>Voiding asked</translation>
  </message>
  <message>
   <source>申请延期</source>
   <translation>Extension asked</translation>
  </message>
  <message>
   <source>申请挂起</source>
   <translation>Hold asked</translation>
  </message>
  <message>
   <source>留痕</source>
   <translation>Audited</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Logged in</translation>
  </message>
  <message>
   <source>督办</source>
   <translation>Supervised</translation>
  </message>
  <message>
   <source>确认立案</source>
   <translation>Filing confirmed</translation>
  </message>
  <message>
   <source>立案</source>
   <translation>Filed</translation>
  </message>
  <message>
   <source>答复督办</source>
   <translation>Card replied to</translation>
  </message>
  <message>
   <source>签收</source>
   <translation>Sign for</translation>
  </message>
  <message>
   <source>结案</source>
   <translation>Closed</translation>
  </message>
  <message>
   <source>联合处置</source>
   <translation>Joint handling</translation>
  </message>
  <message>
   <source>自办结</source>
   <translation>Self-handled</translation>
  </message>
  <message>
   <source>自办结未获认可</source>
   <translation>Self-handling not accepted</translation>
  </message>
  <message>
   <source>补记</source>
   <translation>Noted</translation>
  </message>
  <message>
   <source>要求核实</source>
   <translation>Verification asked</translation>
  </message>
  <message>
   <source>解决争议</source>
   <translation>Dispute resolved</translation>
  </message>
  <message>
   <source>认可不满意</source>
   <translation>Dissatisfaction accepted</translation>
  </message>
  <message>
   <source>转派</source>
   <translation>Reassigned</translation>
  </message>
  <message>
   <source>退出</source>
   <translation>Logged out</translation>
  </message>
  <message>
   <source>退回</source>
   <translation>Returned</translation>
  </message>
  <message>
   <source>通知单位撤出</source>
   <translation>Unit told off</translation>
  </message>
  <message>
   <source>重开</source>
   <translation>Reopened</translation>
  </message>
  <message>
   <source>重新核查</source>
   <translation>Rechecked</translation>
  </message>
  <message>
   <source>预警信号</source>
   <translation>Warning signal</translation>
  </message>
  <message>
   <source>领导批示</source>
   <translation>Leader's instruction</translation>
  </message>
 </context>
 <context>
  <name>exceptions</name>
  <message>
   <source>争议</source>
   <translation>Disputed</translation>
  </message>
  <message>
   <source>协办</source>
   <translation>Part</translation>
  </message>
  <message>
   <source>吹哨</source>
   <translation>Whistle</translation>
  </message>
  <message>
   <source>备份</source>
   <translation>Backup</translation>
  </message>
  <message>
   <source>复查</source>
   <translation>Review</translation>
  </message>
  <message>
   <source>失联</source>
   <translation>Silent</translation>
  </message>
  <message>
   <source>对象</source>
   <translation>Objects</translation>
  </message>
  <message>
   <source>待传</source>
   <translation>Unsent</translation>
  </message>
  <message>
   <source>承诺</source>
   <translation>Promise</translation>
  </message>
  <message>
   <source>损坏</source>
   <translation>Damage</translation>
  </message>
  <message>
   <source>断线</source>
   <translation>Cut off</translation>
  </message>
  <message>
   <source>时钟</source>
   <translation>Clock</translation>
  </message>
  <message>
   <source>检查</source>
   <translation>Check</translation>
  </message>
  <message>
   <source>督办</source>
   <translation>Superv.</translation>
  </message>
  <message>
   <source>磁盘</source>
   <translation>Disk</translation>
  </message>
  <message>
   <source>空席</source>
   <translation>Gone</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Notice</translation>
  </message>
  <message>
   <source>隔离</source>
   <translation>Quarantine</translation>
  </message>
  <message>
   <source>首报</source>
   <translation>Inform</translation>
  </message>
  <message>
   <source>验签</source>
   <translation>Signature</translation>
  </message>
 </context>
 <context>
  <name>extensions</name>
  <message>
   <source>不同意</source>
   <translation>denied</translation>
  </message>
  <message>
   <source>同意</source>
   <translation>granted</translation>
  </message>
  <message>
   <source>审核中，待值班长</source>
   <translation>in review: shift chief</translation>
  </message>
  <message>
   <source>审核中，待值班领导</source>
   <translation>in review: duty leader</translation>
  </message>
  <message>
   <source>已失效</source>
   <translation>lapsed</translation>
  </message>
  <message>
   <source>未申请</source>
   <translation>not asked</translation>
  </message>
 </context>
 <context>
  <name>families</name>
  <message>
   <source>事项</source>
   <translation>Items</translation>
  </message>
  <message>
   <source>到岗</source>
   <translation>On duty</translation>
  </message>
  <message>
   <source>力量</source>
   <translation>Force</translation>
  </message>
  <message>
   <source>同比</source>
   <translation>Last year</translation>
  </message>
  <message>
   <source>处置单位</source>
   <translation>Units</translation>
  </message>
  <message>
   <source>批示督办</source>
   <translation>Orders</translation>
  </message>
  <message>
   <source>指标</source>
   <translation>Measures</translation>
  </message>
  <message>
   <source>时段</source>
   <translation>By time</translation>
  </message>
  <message>
   <source>村（社区）</source>
   <translation>Villages</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Sources</translation>
  </message>
  <message>
   <source>流转</source>
   <translation>Flow</translation>
  </message>
  <message>
   <source>清单</source>
   <translation>Lists</translation>
  </message>
  <message>
   <source>灯</source>
   <translation>Lights</translation>
  </message>
  <message>
   <source>环比</source>
   <translation>Before</translation>
  </message>
  <message>
   <source>用时</source>
   <translation>Times</translation>
  </message>
  <message>
   <source>站点</source>
   <translation>Sites</translation>
  </message>
  <message>
   <source>紧急</source>
   <translation>Urgent</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grids</translation>
  </message>
  <message>
   <source>记录</source>
   <translation>Records</translation>
  </message>
 </context>
 <context>
  <name>fields</name>
  <message>
   <source>上报人</source>
   <translation>Reporter</translation>
  </message>
  <message>
   <source>与谁沟通</source>
   <translation>Talked with</translation>
  </message>
  <message>
   <source>临时编号</source>
   <translation>Temp. no.</translation>
  </message>
  <message>
   <source>主办单位</source>
   <translation>Lead unit</translation>
  </message>
  <message>
   <source>主案</source>
   <translation>Master</translation>
  </message>
  <message>
   <source>事件</source>
   <translation>Incident</translation>
  </message>
  <message>
   <source>事项</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>交接事项</source>
   <translation>Items</translation>
  </message>
  <message>
   <source>代谁记录</source>
   <translation>For whom</translation>
  </message>
  <message>
   <source>令号</source>
   <translation>Order no.</translation>
  </message>
  <message>
   <source>优先级</source>
   <translation>Priority</translation>
  </message>
  <message>
   <source>保留的记录</source>
   <translation>Records kept</translation>
  </message>
  <message>
   <source>免回访</source>
   <translation>No call</translation>
  </message>
  <message>
   <source>到达时间</source>
   <translation>Arrived at</translation>
  </message>
  <message>
   <source>办结条件</source>
   <translation>Condition</translation>
  </message>
  <message>
   <source>协办时限</source>
   <translation>Part limit</translation>
  </message>
  <message>
   <source>协助单位</source>
   <translation>Assisting</translation>
  </message>
  <message>
   <source>发现时间</source>
   <translation>Found at</translation>
  </message>
  <message>
   <source>吹哨答复时限</source>
   <translation>Answer by</translation>
  </message>
  <message>
   <source>告知方式</source>
   <translation>Told by</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>坐标</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>复查日期</source>
   <translation>Review on</translation>
  </message>
  <message>
   <source>天数按</source>
   <translation>Count in</translation>
  </message>
  <message>
   <source>密码</source>
   <translation>Password</translation>
  </message>
  <message>
   <source>市级单号</source>
   <translation>City no.</translation>
  </message>
  <message>
   <source>席位</source>
   <translation>Seat</translation>
  </message>
  <message>
   <source>延期天数</source>
   <translation>Days</translation>
  </message>
  <message>
   <source>建议单位</source>
   <translation>Proposed unit</translation>
  </message>
  <message>
   <source>情况</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>承诺</source>
   <translation>Promise</translation>
  </message>
  <message>
   <source>报告校验码</source>
   <translation>Report code</translation>
  </message>
  <message>
   <source>时限</source>
   <translation>Limit</translation>
  </message>
  <message>
   <source>村(社区)</source>
   <translation>Village</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>核实</source>
   <translation>Verify</translation>
  </message>
  <message>
   <source>核查结果</source>
   <translation>Finding</translation>
  </message>
  <message>
   <source>渠道</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>满意度</source>
   <translation>Grade</translation>
  </message>
  <message>
   <source>照片</source>
   <translation>Photos</translation>
  </message>
  <message>
   <source>班次</source>
   <translation>Shift</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Kind</translation>
  </message>
  <message>
   <source>级别</source>
   <translation>Level</translation>
  </message>
  <message>
   <source>纬度</source>
   <translation>Latitude</translation>
  </message>
  <message>
   <source>经度</source>
   <translation>Longitude</translation>
  </message>
  <message>
   <source>结果</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>网格员</source>
   <translation>Worker</translation>
  </message>
  <message>
   <source>评分</source>
   <translation>Score</translation>
  </message>
  <message>
   <source>负责人</source>
   <translation>In charge</translation>
  </message>
  <message>
   <source>账号</source>
   <translation>Account</translation>
  </message>
  <message>
   <source>起始时间</source>
   <translation>Since</translation>
  </message>
  <message>
   <source>距事发地</source>
   <translation>Distance</translation>
  </message>
  <message>
   <source>退回理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>颜色</source>
   <translation>Colour</translation>
  </message>
 </context>
 <context>
  <name>findings</name>
  <message>
   <source>不属实</source>
   <translation>Not true</translation>
  </message>
  <message>
   <source>属实</source>
   <translation>True</translation>
  </message>
  <message>
   <source>未发现</source>
   <translation>Nothing found</translation>
  </message>
 </context>
 <context>
  <name>helps</name>
  <message>
   <source>值守点</source>
   <translation>Duty points</translation>
  </message>
  <message>
   <source>摄像头</source>
   <translation>Cameras</translation>
  </message>
  <message>
   <source>消火栓</source>
   <translation>Hydrants</translation>
  </message>
  <message>
   <source>网格员</source>
   <translation>Workers</translation>
  </message>
 </context>
 <context>
  <name>hub</name>
  <message>
   <source>市平台同步中</source>
   <translation>Hub syncing</translation>
  </message>
  <message>
   <source>市平台拒收</source>
   <translation>Hub refuses</translation>
  </message>
  <message>
   <source>市平台断线</source>
   <translation>Hub cut off</translation>
  </message>
  <message>
   <source>市平台正常</source>
   <translation>Hub OK</translation>
  </message>
  <message>
   <source>未接市平台</source>
   <translation>No hub</translation>
  </message>
 </context>
 <context>
  <name>kinds</name>
  <message>
   <source>事件</source>
   <translation>Incidents</translation>
  </message>
  <message>
   <source>事项目录</source>
   <translation>Catalogue of items</translation>
  </message>
  <message>
   <source>信息报告的时限</source>
   <translation>Limits of information reports</translation>
  </message>
  <message>
   <source>值班表</source>
   <translation>Duty roster</translation>
  </message>
  <message>
   <source>办理指引</source>
   <translation>Item guides</translation>
  </message>
  <message>
   <source>工作日历</source>
   <translation>Working calendar</translation>
  </message>
  <message>
   <source>时限标准</source>
   <translation>Limits (SLA)</translation>
  </message>
  <message>
   <source>管理对象</source>
   <translation>Managed objects</translation>
  </message>
  <message>
   <source>网格员名册</source>
   <translation>Workers' roster</translation>
  </message>
  <message>
   <source>网格界线</source>
   <translation>Grid outlines</translation>
  </message>
  <message>
   <source>考核指标定义</source>
   <translation>Definitions of measures</translation>
  </message>
  <message>
   <source>行政区划（组织）</source>
   <translation>Divisions (organisation)</translation>
  </message>
 </context>
 <context>
  <name>levels</name>
  <message>
   <source>市级</source>
   <translation>City</translation>
  </message>
  <message>
   <source>机动队</source>
   <translation>Patrol squad</translation>
  </message>
  <message>
   <source>村(社区)工作站</source>
   <translation>Village station</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>部门</source>
   <translation>Department</translation>
  </message>
  <message>
   <source>镇街</source>
   <translation>Town</translation>
  </message>
 </context>
 <context>
  <name>lights</name>
  <message>
   <source>不计时</source>
   <translation>No limit</translation>
  </message>
  <message>
   <source>将到时</source>
   <translation>Due soon</translation>
  </message>
  <message>
   <source>时限内</source>
   <translation>In time</translation>
  </message>
  <message>
   <source>超时</source>
   <translation>Overdue</translation>
  </message>
 </context>
 <context>
  <name>lines</name>
  <message>
   <source>办理</source>
   <translation>Acts</translation>
  </message>
  <message>
   <source>承诺</source>
   <translation>Promise</translation>
  </message>
  <message>
   <source>指示</source>
   <translation>Order</translation>
  </message>
  <message>
   <source>来访</source>
   <translation>Visitor</translation>
  </message>
  <message>
   <source>班务</source>
   <translation>Shift</translation>
  </message>
  <message>
   <source>记事</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>设备</source>
   <translation>Equipment</translation>
  </message>
  <message>
   <source>通话</source>
   <translation>Call</translation>
  </message>
 </context>
 <context>
  <name>lists</name>
  <message>
   <source>争议</source>
   <translation>Disputed</translation>
  </message>
  <message>
   <source>在办</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>对来电人的承诺</source>
   <translation>Promises to callers</translation>
  </message>
  <message>
   <source>待批申请</source>
   <translation>Requests to decide</translation>
  </message>
  <message>
   <source>待确认撤出</source>
   <translation>Stand-downs to confirm</translation>
  </message>
  <message>
   <source>待答复督办</source>
   <translation>Supervision to answer</translation>
  </message>
  <message>
   <source>挂起</source>
   <translation>On hold</translation>
  </message>
  <message>
   <source>时钟可疑</source>
   <translation>Doubtful clocks</translation>
  </message>
 </context>
 <context>
  <name>parts</name>
  <message>
   <source>交班</source>
   <translation>Out</translation>
  </message>
  <message>
   <source>审核</source>
   <translation>Review</translation>
  </message>
  <message>
   <source>接班</source>
   <translation>In</translation>
  </message>
 </context>
 <context>
  <name>priorities</name>
  <message>
   <source>一般</source>
   <translation>normal</translation>
  </message>
  <message>
   <source>紧急</source>
   <translation>urgent</translation>
  </message>
  <message>
   <source>重要</source>
   <translation>important</translation>
  </message>
 </context>
 <context>
  <name>reasons</name>
  <message>
   <source>Ⅲ级以上事件</source>
   <translation>grade III or above</translation>
  </message>
  <message>
   <source>不是同一件事</source>
   <translation>not the same matter</translation>
  </message>
  <message>
   <source>不是重复</source>
   <translation>not a duplicate</translation>
  </message>
  <message>
   <source>以镇街记录为准</source>
   <translation>the town's record stands</translation>
  </message>
  <message>
   <source>反映人不满意</source>
   <translation>caller dissatisfied</translation>
  </message>
  <message>
   <source>另一单位更近</source>
   <translation>another unit is nearer</translation>
  </message>
  <message>
   <source>同一件事</source>
   <translation>the same matter</translation>
  </message>
  <message>
   <source>天气原因</source>
   <translation>weather</translation>
  </message>
  <message>
   <source>情况属实，同意</source>
   <translation>true, agreed</translation>
  </message>
  <message>
   <source>操作失误</source>
   <translation>slip of the hand</translation>
  </message>
  <message>
   <source>未抽中回访</source>
   <translation>not drawn for a call-back</translation>
  </message>
  <message>
   <source>核实不属实</source>
   <translation>found not true</translation>
  </message>
  <message>
   <source>等待物料</source>
   <translation>waiting for material</translation>
  </message>
  <message>
   <source>诉求超出职责</source>
   <translation>beyond our power</translation>
  </message>
  <message>
   <source>误报</source>
   <translation>reported in error</translation>
  </message>
  <message>
   <source>跨镇街</source>
   <translation>across towns</translation>
  </message>
  <message>
   <source>重复上报</source>
   <translation>reported twice</translation>
  </message>
  <message>
   <source>问题又出现</source>
   <translation>the problem is back</translation>
  </message>
  <message>
   <source>需工程施工</source>
   <translation>needs engineering</translation>
  </message>
  <message>
   <source>须他方配合</source>
   <translation>needs another party</translation>
  </message>
 </context>
 <context>
  <name>refusal_barred</name>
  <message>
   <source>您或您的单位已办过上一环节，须由另一人办理</source>
   <translation>You or your unit did the step before; somebody else must do this one</translation>
  </message>
 </context>
 <context>
  <name>refusal_sentences</name>
  <message>
   <source>{account} 已办过上一环节，这一步须由另一人办理</source>
   <translation>{account} did the step before; somebody else must do this one</translation>
  </message>
  <message>
   <source>{account}已在另一方签字或勾单；交班、接班、审核须由不同的人各自登录签字</source>
   <translation>{account} has signed or ticked for the other side; hand-over, take-over and review are signed by different people under their own log-ins</translation>
  </message>
  <message>
   <source>{account}没有在这一班上岗，不能交班签字</source>
   <translation>{account} is not on this shift and cannot sign it out</translation>
  </message>
  <message>
   <source>{by}已在 {at} 作过奖励决定，一件只作一次</source>
   <translation>{by} decided about a reward at {at}; it is decided once</translation>
  </message>
  <message>
   <source>{by}已在 {at} 做过终报，不能再报</source>
   <translation>{by} made the final report at {at}; no more can follow</translation>
  </message>
  <message>
   <source>{by}已在 {at} 做过首报；后面的请用续报</source>
   <translation>{by} made the first report at {at}; follow up instead</translation>
  </message>
  <message>
   <source>{by}已在 {at} 签过</source>
   <translation>{by} signed already at {at}</translation>
  </message>
  <message>
   <source>{by}已经记过这项承诺兑现</source>
   <translation>{by} has already recorded this promise as kept</translation>
  </message>
  <message>
   <source>{field}没有可以查看的内容</source>
   <translation>{field} holds nothing to show</translation>
  </message>
  <message>
   <source>{kind}的申请已在 {until} 过期，请重新申请</source>
   <translation>The request for {kind} lapsed at {until}; ask again</translation>
  </message>
  <message>
   <source>{kind}的申请已经提出，正等待答复</source>
   <translation>The request for {kind} is already waiting for an answer</translation>
  </message>
  <message>
   <source>{level}已经答复过；要补充请用补记</source>
   <translation>{level} was answered already; use Note to add to it</translation>
  </message>
  <message>
   <source>{level}由值班领导或市级下达、取消</source>
   <translation>{level} is given and cancelled by the duty leader or the city</translation>
  </message>
  <message>
   <source>{mode}现在就是这样，没有改变</source>
   <translation>{mode} stands like this already; nothing changed</translation>
  </message>
  <message>
   <source>{mode}现在没有生效，不用解除</source>
   <translation>{mode} is not in force; nothing to lift</translation>
  </message>
  <message>
   <source>{name} 连续输错密码，{until} 之前不能登录</source>
   <translation>{name}: too many wrong passwords; no log-in before {until}</translation>
  </message>
  <message>
   <source>{priority} 的立案不用值班长确认</source>
   <translation>Filing a {priority} needs no confirmation</translation>
  </message>
  <message>
   <source>{source}的事件必须回访，不能免</source>
   <translation>A call-back is required for source: {source}</translation>
  </message>
  <message>
   <source>{units} 的协办还没有反馈或免办，主办单位暂不能反馈或退回</source>
   <translation>Parts of {units} are neither fed back nor excused; the lead cannot feed back or return yet</translation>
  </message>
  <message>
   <source>{unit} 在这件事件上没有协办单</source>
   <translation>{unit} has no part in this incident</translation>
  </message>
  <message>
   <source>{unit} 没有待答复的撤派通知</source>
   <translation>{unit} has no stand-down to answer</translation>
  </message>
  <message>
   <source>{unit} 的协办单“{sub}”，不能{verb}</source>
   <translation>{unit}'s part is “{sub}”; “{verb}” is not possible</translation>
  </message>
  <message>
   <source>{unit} 的协办单还没有办完，不能再派一次</source>
   <translation>{unit} still has an open part; it cannot get another</translation>
  </message>
  <message>
   <source>{verb}由市级的人办理，您在 {node}</source>
   <translation>“{verb}” is for the city's people; you are at {node}</translation>
  </message>
  <message>
   <source>{verb}须由{needs}办理，您是{has}</source>
   <translation>“{verb}” is for: {needs}; you are: {has}</translation>
  </message>
  <message>
   <source>“{incident}”对应多件事件：{numbers}，请输入完整编号</source>
   <translation>“{incident}” fits several: {numbers}; type the full number</translation>
  </message>
  <message>
   <source>“{state}”没有正在计时的时限，不能改时限</source>
   <translation>No limit is running in “{state}”; there is none to change</translation>
  </message>
  <message>
   <source>“{state}”的事件不能{verb}</source>
   <translation>“{verb}” is not possible while the incident is “{state}”</translation>
  </message>
  <message>
   <source>不在您的管辖范围（{node}）</source>
   <translation>Outside your scope ({node})</translation>
  </message>
  <message>
   <source>两条记录至少保留一条</source>
   <translation>At least one of the two records must be kept</translation>
  </message>
  <message>
   <source>交接单上没有这一项：{item}</source>
   <translation>Not on the hand-over list: {item}</translation>
  </message>
  <message>
   <source>交接单还有 {count} 项没有勾清，勾清后才能接班签字</source>
   <translation>{count} items of the hand-over list are not ticked; tick them before signing in</translation>
  </message>
  <message>
   <source>交班、接班双方签字后才能审核</source>
   <translation>The review follows the signatures of both sides</translation>
  </message>
  <message>
   <source>后面已经有“{type}”，不能再撤销</source>
   <translation>“{type}” followed; it can no longer be undone</translation>
  </message>
  <message>
   <source>回访结果不是不满意，不能{verb}</source>
   <translation>The caller was not dissatisfied; “{verb}” is not possible</translation>
  </message>
  <message>
   <source>回访结果是不满意，由值班长决定重办或认可</source>
   <translation>The caller is dissatisfied; the shift chief decides: redo or accept</translation>
  </message>
  <message>
   <source>处置时限 {until} 已过，延期须在到期之前申请</source>
   <translation>The disposal limit {until} has passed; ask for an extension before it does</translation>
  </message>
  <message>
   <source>它自己并有 {children} 件，先拆分再并案</source>
   <translation>{children} are merged into it; split them off first</translation>
  </message>
  <message>
   <source>它随主案 {master} 结案，请重开主案</source>
   <translation>It was closed with its master {master}; reopen the master</translation>
  </message>
  <message>
   <source>已停下，报告没有写</source>
   <translation>Stopped; no report was written</translation>
  </message>
  <message>
   <source>已延期 {extensions} 次，不能再延</source>
   <translation>Extended {extensions} times; no further extension</translation>
  </message>
  <message>
   <source>已有{level}，{until} 前答复；要加重请选更高一级</source>
   <translation>{level} stands, to be answered by {until}; choose a higher grade to go further</translation>
  </message>
  <message>
   <source>已经并入 {into}</source>
   <translation>Already merged into {into}</translation>
  </message>
  <message>
   <source>已经派给 {unit}，现为“{state}”；要换单位请用转派</source>
   <translation>Dispatched to {unit} already, now “{state}”; use Reassign to change the unit</translation>
  </message>
  <message>
   <source>已被退回 {returns} 次，由值班长决定派给谁</source>
   <translation>Returned {returns} times; the shift chief decides who gets it</translation>
  </message>
  <message>
   <source>已过可退回的时间，请改用转派</source>
   <translation>Too late to return it; use Reassign</translation>
  </message>
  <message>
   <source>已退回 {returns} 次，不能再退，请值班长决定</source>
   <translation>Returned {returns} times; no further return, the shift chief decides</translation>
  </message>
  <message>
   <source>市平台已收到 {offset} 字节，须从那里接着传</source>
   <translation>The hub has {offset} bytes: go on from there</translation>
  </message>
  <message>
   <source>市平台没有这次上传，或已过期，须从头传</source>
   <translation>The hub has no such upload, or it has expired: send it from the beginning</translation>
  </message>
  <message>
   <source>市平台还没有本辖区的记录，没有快照可取</source>
   <translation>The hub has no records of this area yet, so there is no snapshot to fetch</translation>
  </message>
  <message>
   <source>市级单号 {order} 已经下派过，是 {incident}</source>
   <translation>City order {order} was assigned already: {incident}</translation>
  </message>
  <message>
   <source>并入的 {child} 还没有传到本机，暂不能结案</source>
   <translation>Merged incident {child} has not reached this seat; closing must wait</translation>
  </message>
  <message>
   <source>应急、任务和通知由镇街的席位发出，这里是市级</source>
   <translation>Responses, tasks and notices are issued at a town's seats; this is the city's</translation>
  </message>
  <message>
   <source>您看到的不是最新情况：{by} 在 {at} 做了“{type}”，请看过再定</source>
   <translation>You do not see the latest: {by} did “{type}” at {at}; look before you decide</translation>
  </message>
  <message>
   <source>无法联系须在两天里试 3 次，现在是 {days} 天 {tries} 次</source>
   <translation>Unreachable takes 3 calls on two days; so far {tries} on {days}</translation>
  </message>
  <message>
   <source>有 {pairs} 处争议未决，先由值班长解决，再{verb}</source>
   <translation>{pairs} disputes are open; the shift chief resolves them before “{verb}”</translation>
  </message>
  <message>
   <source>有一件没有位置，不能比较远近</source>
   <translation>One has no position; distances cannot be compared</translation>
  </message>
  <message>
   <source>未分类的事件只有值班长能立案</source>
   <translation>Only the shift chief files what is unclassified</translation>
  </message>
  <message>
   <source>本机的写入身份已被换下（第 {inc} 次），请重新登记</source>
   <translation>This seat's right to write was replaced (no. {inc}); please enrol again</translation>
  </message>
  <message>
   <source>本机的账号表太久没有更新，现在只能上报和补记，不能{verb}</source>
   <translation>The accounts on this seat are too old; only reports and notes now, not “{verb}”</translation>
  </message>
  <message>
   <source>本机程序与市平台版本不合（本机 {site}，市平台 {hub}），请升级</source>
   <translation>Versions do not fit (seat {site}, hub {hub}); please upgrade</translation>
  </message>
  <message>
   <source>本站点已被市平台停用，市平台不再收发；找市级中心</source>
   <translation>The hub has shut this site out and exchanges nothing with it. Call the city centre</translation>
  </message>
  <message>
   <source>本站点的证书已到期，市平台不再收发；找市级中心</source>
   <translation>This site’s certificate is over: the hub exchanges nothing with it. Call the city centre</translation>
  </message>
  <message>
   <source>村（社区）工作站不能{verb}，请镇街办理</source>
   <translation>“{verb}” is not for a village station; ask the town</translation>
  </message>
  <message>
   <source>核实交给了 {worker}，请由本人反馈</source>
   <translation>Verification was given to {worker}, who answers in person</translation>
  </message>
  <message>
   <source>没有可以撤销的动作，最近一步是“{last}”</source>
   <translation>Nothing to undo; the last step is “{last}”</translation>
  </message>
  <message>
   <source>没有待接手的席位：对方还在，或已被接手</source>
   <translation>Nothing to take over: the seat lives, or somebody has it</translation>
  </message>
  <message>
   <source>没有待答复的{kind}申请</source>
   <translation>No request for {kind} is waiting</translation>
  </message>
  <message>
   <source>没有找到事件 {incident}{text}</source>
   <translation>No incident {incident}{text}</translation>
  </message>
  <message>
   <source>没有找到检查 {campaign}</source>
   <translation>No round of checks {campaign}</translation>
  </message>
  <message>
   <source>没有找到通知 {notice}</source>
   <translation>No notice {notice}</translation>
  </message>
  <message>
   <source>没有等待告知的上报人</source>
   <translation>No reporter is waiting for word</translation>
  </message>
  <message>
   <source>没有这项承诺：{promise}</source>
   <translation>No such promise: {promise}</translation>
  </message>
  <message>
   <source>派遣后的时限只有值班长能改</source>
   <translation>After dispatch only the shift chief changes limits</translation>
  </message>
  <message>
   <source>照片的小图还没有传到市平台</source>
   <translation>The photo’s small picture has not reached the hub</translation>
  </message>
  <message>
   <source>照片还没有传到市平台</source>
   <translation>The photo has not reached the hub</translation>
  </message>
  <message>
   <source>登录已过期，请重新登录</source>
   <translation>Log-in expired; please log in again</translation>
  </message>
  <message>
   <source>登记码不对或已经用过，请向市平台再要一个</source>
   <translation>The enrolment code is wrong or used; ask the hub for another</translation>
  </message>
  <message>
   <source>相距 {metres} 米、相隔 {hours} 小时，超出受理员的并案范围，请值班长并案</source>
   <translation>{metres} m and {hours} h apart: beyond what a clerk merges; ask the shift chief</translation>
  </message>
  <message>
   <source>红牌督办还没有答复（{until} 前须答复），答复之后才能办这一步</source>
   <translation>The red card is unanswered (by {until}); answer it before this step</translation>
  </message>
  <message>
   <source>结案超过 {days} 天，须由值班领导重开</source>
   <translation>Closed more than {days} days ago; the duty leader reopens</translation>
  </message>
  <message>
   <source>编号 {campaign} 已用于另一次检查，内容不同</source>
   <translation>{campaign} is already another round of checks, with other content</translation>
  </message>
  <message>
   <source>网格 {grid} 没有检查 {campaign} 的任务</source>
   <translation>Grid {grid} has no task in checks {campaign}</translation>
  </message>
  <message>
   <source>要签的报告（{given}）与已出的报告（{issued}）不同，请看最新一版再签</source>
   <translation>The report to sign ({given}) is not the one issued ({issued}); look at the latest first</translation>
  </message>
  <message>
   <source>账号或密码不对</source>
   <translation>Wrong account or password</translation>
  </message>
  <message>
   <source>还没有登录</source>
   <translation>Not logged in</translation>
  </message>
  <message>
   <source>还没有立案，没有时限可用</source>
   <translation>Not filed yet; there is no limit</translation>
  </message>
  <message>
   <source>还没有立案，现为“{state}”</source>
   <translation>Not filed yet, now “{state}”</translation>
  </message>
  <message>
   <source>还没有首报，先做首报</source>
   <translation>There is no first report yet; make that first</translation>
  </message>
  <message>
   <source>这一件并入了主案，奖励决定记在主案</source>
   <translation>This one was merged; the reward is decided on its master</translation>
  </message>
  <message>
   <source>这一班双方都已签字，不能再改交接单</source>
   <translation>Both sides have signed this shift; its hand-over list can no longer change</translation>
  </message>
  <message>
   <source>这一班还没有出值班报告，先出报告再签字</source>
   <translation>This shift has no report yet; issue it before signing</translation>
  </message>
  <message>
   <source>这一项{by}已经勾过</source>
   <translation>{by} has already ticked this item</translation>
  </message>
  <message>
   <source>这一项您没有勾过：{item}</source>
   <translation>You have not ticked this item: {item}</translation>
  </message>
  <message>
   <source>这个编号已经上报过：{incident}</source>
   <translation>This number was reported already: {incident}</translation>
  </message>
  <message>
   <source>这个请求编号用过，内容却不同：{key}</source>
   <translation>This request number was used with other content: {key}</translation>
  </message>
  <message>
   <source>这件事件没有争议</source>
   <translation>This incident is not disputed</translation>
  </message>
  <message>
   <source>这件事件没有督办</source>
   <translation>This incident is not supervised</translation>
  </message>
  <message>
   <source>这件事件派给了 {unit}，不在您的单位</source>
   <translation>This incident went to {unit}, not to your unit</translation>
  </message>
  <message>
   <source>这件的上报内容还没有传到本机</source>
   <translation>The report itself has not reached this seat</translation>
  </message>
  <message>
   <source>这件的立案已经确认过</source>
   <translation>This filing has been confirmed already</translation>
  </message>
  <message>
   <source>这份通知不是发给您或您的单位的</source>
   <translation>This notice is not for you or your unit</translation>
  </message>
  <message>
   <source>这是 {unit}{worker} 的事，代为记录请填写代谁、经什么渠道</source>
   <translation>This belongs to {unit}{worker}; say for whom you record and by which channel</translation>
  </message>
  <message>
   <source>这是市级下派的 {order}，镇街不能{verb}</source>
   <translation>Assigned by the city as {order}; “{verb}” is not for the town</translation>
  </message>
  <message>
   <source>这是市级的{level}，由市级取消</source>
   <translation>This is the city's: {level}; the city cancels it</translation>
  </message>
  <message>
   <source>这次检查已经结束，不再收回报</source>
   <translation>This round of checks has ended and takes no more answers</translation>
  </message>
  <message>
   <source>这项申请已经有答复</source>
   <translation>This request has been answered</translation>
  </message>
 </context>
 <context>
  <name>requests</name>
  <message>
   <source>上报市级</source>
   <translation>escalation</translation>
  </message>
  <message>
   <source>不予受理</source>
   <translation>refusal</translation>
  </message>
  <message>
   <source>作废</source>
   <translation>voiding</translation>
  </message>
  <message>
   <source>延期</source>
   <translation>Extension</translation>
  </message>
  <message>
   <source>挂起</source>
   <translation>hold</translation>
  </message>
 </context>
 <context>
  <name>return_reasons</name>
  <message>
   <source>不属本单位</source>
   <translation>not our duty</translation>
  </message>
  <message>
   <source>地点不符</source>
   <translation>wrong place</translation>
  </message>
  <message>
   <source>材料不足</source>
   <translation>evidence missing</translation>
  </message>
 </context>
 <context>
  <name>rewards</name>
  <message>
   <source>不予奖励</source>
   <translation>no reward</translation>
  </message>
  <message>
   <source>人人拍奖励</source>
   <translation>citizen reward</translation>
  </message>
  <message>
   <source>吹哨奖励</source>
   <translation>whistle reward</translation>
  </message>
 </context>
 <context>
  <name>roles</name>
  <message>
   <source>值班长</source>
   <translation>Shift chief</translation>
  </message>
  <message>
   <source>值班领导</source>
   <translation>Duty leader</translation>
  </message>
  <message>
   <source>受理员</source>
   <translation>Clerk</translation>
  </message>
  <message>
   <source>处置单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>安全管理员</source>
   <translation>Security admin</translation>
  </message>
  <message>
   <source>审计管理员</source>
   <translation>Auditor</translation>
  </message>
  <message>
   <source>工作站</source>
   <translation>Station</translation>
  </message>
  <message>
   <source>机动巡查</source>
   <translation>Patrol</translation>
  </message>
  <message>
   <source>核查员</source>
   <translation>Inspector</translation>
  </message>
  <message>
   <source>派遣员</source>
   <translation>Dispatcher</translation>
  </message>
  <message>
   <source>督办员</source>
   <translation>Overseer</translation>
  </message>
  <message>
   <source>系统管理员</source>
   <translation>System admin</translation>
  </message>
  <message>
   <source>网格员</source>
   <translation>Grid worker</translation>
  </message>
 </context>
 <context>
  <name>shift_verbs</name>
  <message>
   <source>交班签字</source>
   <translation>Sign out</translation>
  </message>
  <message>
   <source>兑现承诺</source>
   <translation>Keep promise</translation>
  </message>
  <message>
   <source>写值班日志</source>
   <translation>Write in logbook</translation>
  </message>
  <message>
   <source>勾清交接事项</source>
   <translation>Tick hand-over items</translation>
  </message>
  <message>
   <source>审核签字</source>
   <translation>Sign review</translation>
  </message>
  <message>
   <source>接班签字</source>
   <translation>Sign in</translation>
  </message>
  <message>
   <source>撤回勾选</source>
   <translation>Untick</translation>
  </message>
  <message>
   <source>查看明文</source>
   <translation>Reveal</translation>
  </message>
 </context>
 <context>
  <name>sources</name>
  <message>
   <source>入格部门</source>
   <translation>Resident dept.</translation>
  </message>
  <message>
   <source>公安转办</source>
   <translation>Police</translation>
  </message>
  <message>
   <source>巡查队上报</source>
   <translation>Patrol</translation>
  </message>
  <message>
   <source>工作站上报</source>
   <translation>Station</translation>
  </message>
  <message>
   <source>市民上报</source>
   <translation>Citizen</translation>
  </message>
  <message>
   <source>市级下派</source>
   <translation>City order</translation>
  </message>
  <message>
   <source>热线转办</source>
   <translation>Hotline</translation>
  </message>
  <message>
   <source>网格员上报</source>
   <translation>Grid worker</translation>
  </message>
  <message>
   <source>部门上报</source>
   <translation>Department</translation>
  </message>
 </context>
 <context>
  <name>stages</name>
  <message>
   <source>受理</source>
   <translation>Acceptance</translation>
  </message>
  <message>
   <source>回访</source>
   <translation>Call-back</translation>
  </message>
  <message>
   <source>处置</source>
   <translation>Disposal</translation>
  </message>
  <message>
   <source>复查</source>
   <translation>Review</translation>
  </message>
  <message>
   <source>市级办理</source>
   <translation>City handling</translation>
  </message>
  <message>
   <source>核实</source>
   <translation>Verification</translation>
  </message>
  <message>
   <source>核查</source>
   <translation>Inspection</translation>
  </message>
  <message>
   <source>派遣</source>
   <translation>Dispatch</translation>
  </message>
  <message>
   <source>签收</source>
   <translation>Sign for</translation>
  </message>
  <message>
   <source>结案</source>
   <translation>Closing</translation>
  </message>
  <message>
   <source>首次到场</source>
   <translation>First arrival</translation>
  </message>
 </context>
 <context>
  <name>states</name>
  <message>
   <source>作废</source>
   <translation>Void</translation>
  </message>
  <message>
   <source>处置中</source>
   <translation>Working</translation>
  </message>
  <message>
   <source>已上报市级</source>
   <translation>With city</translation>
  </message>
  <message>
   <source>已并案</source>
   <translation>Merged</translation>
  </message>
  <message>
   <source>已结案</source>
   <translation>Closed</translation>
  </message>
  <message>
   <source>待受理</source>
   <translation>Reported</translation>
  </message>
  <message>
   <source>待回访</source>
   <translation>To call back</translation>
  </message>
  <message>
   <source>待核实</source>
   <translation>To verify</translation>
  </message>
  <message>
   <source>待核查</source>
   <translation>To inspect</translation>
  </message>
  <message>
   <source>待派遣</source>
   <translation>To dispatch</translation>
  </message>
  <message>
   <source>待签收</source>
   <translation>To sign for</translation>
  </message>
  <message>
   <source>待评价</source>
   <translation>To close</translation>
  </message>
  <message>
   <source>挂起</source>
   <translation>On hold</translation>
  </message>
 </context>
 <context>
  <name>subs</name>
  <message>
   <source>处置中</source>
   <translation>Working</translation>
  </message>
  <message>
   <source>已免办</source>
   <translation>Excused</translation>
  </message>
  <message>
   <source>已反馈</source>
   <translation>Fed back</translation>
  </message>
  <message>
   <source>已退回</source>
   <translation>Returned</translation>
  </message>
  <message>
   <source>待签收</source>
   <translation>To sign for</translation>
  </message>
 </context>
 <context>
  <name>supervision_reasons</name>
  <message>
   <source>多次退回或返工</source>
   <translation>returned or redone repeatedly</translation>
  </message>
  <message>
   <source>已超时</source>
   <translation>overdue</translation>
  </message>
  <message>
   <source>超时过半</source>
   <translation>far overdue</translation>
  </message>
 </context>
 <context>
  <name>supervisions</name>
  <message>
   <source>督办</source>
   <translation>Supervised</translation>
  </message>
  <message>
   <source>红牌督办</source>
   <translation>Red card</translation>
  </message>
  <message>
   <source>黄牌督办</source>
   <translation>Yellow card</translation>
  </message>
 </context>
 <context>
  <name>town_colours</name>
  <message>
   <source>橙色</source>
   <translation>orange</translation>
  </message>
  <message>
   <source>白色</source>
   <translation>white</translation>
  </message>
  <message>
   <source>红色</source>
   <translation>red</translation>
  </message>
  <message>
   <source>蓝色</source>
   <translation>blue</translation>
  </message>
  <message>
   <source>黄色</source>
   <translation>yellow</translation>
  </message>
 </context>
 <context>
  <name>town_levels</name>
  <message>
   <source>Ⅰ级</source>
   <translation>I</translation>
  </message>
  <message>
   <source>Ⅱ级</source>
   <translation>II</translation>
  </message>
  <message>
   <source>Ⅲ级</source>
   <translation>III</translation>
  </message>
  <message>
   <source>Ⅳ级</source>
   <translation>IV</translation>
  </message>
 </context>
 <context>
  <name>town_posts</name>
  <message>
   <source>党委书记</source>
   <translation>party secretary</translation>
  </message>
  <message>
   <source>党委副书记</source>
   <translation>deputy party secretary</translation>
  </message>
  <message>
   <source>党委委员</source>
   <translation>party committee member</translation>
  </message>
  <message>
   <source>副镇长</source>
   <translation>deputy mayor</translation>
  </message>
  <message>
   <source>部门负责人</source>
   <translation>head of department</translation>
  </message>
  <message>
   <source>镇长</source>
   <translation>mayor</translation>
  </message>
 </context>
 <context>
  <name>town_radio</name>
  <message>
   <source>他人转达</source>
   <translation>relayed</translation>
  </message>
  <message>
   <source>已应答</source>
   <translation>answered</translation>
  </message>
  <message>
   <source>未应答</source>
   <translation>no answer</translation>
  </message>
 </context>
 <context>
  <name>town_responses</name>
  <message>
   <source>地质灾害</source>
   <translation>Geology</translation>
  </message>
  <message>
   <source>防冻</source>
   <translation>Frost</translation>
  </message>
  <message>
   <source>防旱</source>
   <translation>Drought</translation>
  </message>
  <message>
   <source>防汛</source>
   <translation>Flood</translation>
  </message>
  <message>
   <source>防风</source>
   <translation>Wind</translation>
  </message>
 </context>
 <context>
  <name>town_signals</name>
  <message>
   <source>冰雹</source>
   <translation>Hail</translation>
  </message>
  <message>
   <source>台风</source>
   <translation>Typhoon</translation>
  </message>
  <message>
   <source>大雾</source>
   <translation>Fog</translation>
  </message>
  <message>
   <source>寒冷</source>
   <translation>Cold</translation>
  </message>
  <message>
   <source>暴雨</source>
   <translation>Rainstorm</translation>
  </message>
  <message>
   <source>森林火险</source>
   <translation>Forest fire</translation>
  </message>
  <message>
   <source>灰霾</source>
   <translation>Haze</translation>
  </message>
  <message>
   <source>道路结冰</source>
   <translation>Icy roads</translation>
  </message>
  <message>
   <source>雷雨大风</source>
   <translation>Thunder gale</translation>
  </message>
  <message>
   <source>高温</source>
   <translation>Heat</translation>
  </message>
 </context>
 <context>
  <name>town_verbs</name>
  <message>
   <source>下发检查</source>
   <translation>Order checks</translation>
  </message>
  <message>
   <source>发布预警和响应</source>
   <translation>Issue signal or response</translation>
  </message>
  <message>
   <source>发通知</source>
   <translation>Send notice</translation>
  </message>
  <message>
   <source>回报检查</source>
   <translation>Answer check</translation>
  </message>
  <message>
   <source>点名</source>
   <translation>radio check</translation>
  </message>
  <message>
   <source>结束检查</source>
   <translation>End checks</translation>
  </message>
  <message>
   <source>记录发现</source>
   <translation>record a finding</translation>
  </message>
  <message>
   <source>记录对象检查</source>
   <translation>check objects</translation>
  </message>
  <message>
   <source>阅读通知</source>
   <translation>Read notice</translation>
  </message>
 </context>
 <context>
  <name>trouble</name>
  <message>
   <source>从未联系</source>
   <translation>never heard of</translation>
  </message>
  <message>
   <source>失联</source>
   <translation>silent</translation>
  </message>
  <message>
   <source>已停用</source>
   <translation>shut out</translation>
  </message>
  <message>
   <source>时钟不准</source>
   <translation>clock wrong</translation>
  </message>
  <message>
   <source>有待发</source>
   <translation>unsent</translation>
  </message>
  <message>
   <source>有隔离</source>
   <translation>held</translation>
  </message>
  <message>
   <source>正常</source>
   <translation>well</translation>
  </message>
  <message>
   <source>记录分叉</source>
   <translation>forked</translation>
  </message>
  <message>
   <source>证书到期</source>
   <translation>expired</translation>
  </message>
 </context>
 <context>
  <name>verbs</name>
  <message>
   <source>上报</source>
   <translation>Report</translation>
  </message>
  <message>
   <source>不同意上报市级</source>
   <translation>Deny escalation</translation>
  </message>
  <message>
   <source>不同意不予受理</source>
   <translation>Deny refusal</translation>
  </message>
  <message>
   <source>不同意作废</source>
   <translation>Deny voiding</translation>
  </message>
  <message>
   <source>不同意延期</source>
   <translation>Deny extension</translation>
  </message>
  <message>
   <source>不同意挂起</source>
   <translation>Deny hold</translation>
  </message>
  <message>
   <source>不满意重办</source>
   <translation>Redo, dissatisfied</translation>
  </message>
  <message>
   <source>信息报告</source>
   <translation>Information report</translation>
  </message>
  <message>
   <source>免协办</source>
   <translation>Excuse part</translation>
  </message>
  <message>
   <source>到达</source>
   <translation>Arrive</translation>
  </message>
  <message>
   <source>协办到达</source>
   <translation>Part: arrived</translation>
  </message>
  <message>
   <source>协办反馈</source>
   <translation>Part: feedback</translation>
  </message>
  <message>
   <source>协办签收</source>
   <translation>Part: sign for</translation>
  </message>
  <message>
   <source>协办退回</source>
   <translation>Part: return</translation>
  </message>
  <message>
   <source>取消督办</source>
   <translation>Cancel card</translation>
  </message>
  <message>
   <source>同意上报市级</source>
   <translation>Grant escalation</translation>
  </message>
  <message>
   <source>同意不予受理</source>
   <translation>Grant refusal</translation>
  </message>
  <message>
   <source>同意作废</source>
   <translation>Grant voiding</translation>
  </message>
  <message>
   <source>同意延期</source>
   <translation>Grant extension</translation>
  </message>
  <message>
   <source>同意挂起</source>
   <translation>Grant hold</translation>
  </message>
  <message>
   <source>告知上报人</source>
   <translation>Tell the reporter</translation>
  </message>
  <message>
   <source>回访</source>
   <translation>Call back</translation>
  </message>
  <message>
   <source>回访未通</source>
   <translation>No answer</translation>
  </message>
  <message>
   <source>处置反馈</source>
   <translation>Feedback</translation>
  </message>
  <message>
   <source>备案</source>
   <translation>Record only</translation>
  </message>
  <message>
   <source>奖励决定</source>
   <translation>Reward decision</translation>
  </message>
  <message>
   <source>市级下派</source>
   <translation>City assigns</translation>
  </message>
  <message>
   <source>市级办结</source>
   <translation>City done</translation>
  </message>
  <message>
   <source>市级退回</source>
   <translation>City returns</translation>
  </message>
  <message>
   <source>并案</source>
   <translation>Merge</translation>
  </message>
  <message>
   <source>恢复</source>
   <translation>Restore</translation>
  </message>
  <message>
   <source>恢复处置</source>
   <translation>Resume</translation>
  </message>
  <message>
   <source>批示</source>
   <translation>Instruct</translation>
  </message>
  <message>
   <source>拆分</source>
   <translation>Split</translation>
  </message>
  <message>
   <source>撤回反馈</source>
   <translation>Withdraw feedback</translation>
  </message>
  <message>
   <source>撤销派遣</source>
   <translation>Stand down</translation>
  </message>
  <message>
   <source>撤销立案</source>
   <translation>Undo filing</translation>
  </message>
  <message>
   <source>撤销签收</source>
   <translation>Undo signing</translation>
  </message>
  <message>
   <source>更正</source>
   <translation>Correct</translation>
  </message>
  <message>
   <source>核实反馈</source>
   <translation>Verify</translation>
  </message>
  <message>
   <source>核查不通过</source>
   <translation>Inspection: fail</translation>
  </message>
  <message>
   <source>核查通过</source>
   <translation>Inspection: pass</translation>
  </message>
  <message>
   <source>派遣</source>
   <translation>Dispatch</translation>
  </message>
  <message>
   <source>现场核查</source>
   <translation>Inspect on site</translation>
  </message>
  <message>
   <source>申请上报市级</source>
   <translation>Ask escalation</translation>
  </message>
  <message>
   <source>申请不予受理</source>
   <translation>Ask to refuse</translation>
  </message>
  <message>
   <source>申请作废</source>
   <translation>Ask to void</translation>
  </message>
  <message>
   <source>申请延期</source>
   <translation>Ask extension</translation>
  </message>
  <message>
   <source>申请挂起</source>
   <translation>Ask hold</translation>
  </message>
  <message>
   <source>督办</source>
   <translation>Supervise</translation>
  </message>
  <message>
   <source>确认立案</source>
   <translation>Confirm filing</translation>
  </message>
  <message>
   <source>立案</source>
   <translation>File</translation>
  </message>
  <message>
   <source>答复撤派</source>
   <translation>Answer stand-down</translation>
  </message>
  <message>
   <source>答复督办</source>
   <translation>Reply to card</translation>
  </message>
  <message>
   <source>签收</source>
   <translation>Sign for</translation>
  </message>
  <message>
   <source>结案</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>联合处置</source>
   <translation>Joint handling</translation>
  </message>
  <message>
   <source>自办结</source>
   <translation>Self-handled</translation>
  </message>
  <message>
   <source>补记</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>要求核实</source>
   <translation>Ask to verify</translation>
  </message>
  <message>
   <source>解决争议</source>
   <translation>Resolve dispute</translation>
  </message>
  <message>
   <source>认可不满意</source>
   <translation>Accept dissatisfaction</translation>
  </message>
  <message>
   <source>转派</source>
   <translation>Reassign</translation>
  </message>
  <message>
   <source>退回</source>
   <translation>Return</translation>
  </message>
  <message>
   <source>重开</source>
   <translation>Reopen</translation>
  </message>
  <message>
   <source>重新核查</source>
   <translation>Recheck</translation>
  </message>
 </context>
 <context>
  <name>words</name>
  <message>
   <source> · </source>
   <translation> · </translation>
  </message>
  <message>
   <source> · {distance_m} 米外</source>
   <translation> · {distance_m} m off</translation>
  </message>
  <message>
   <source> 为原时限</source>
   <translation> was due</translation>
  </message>
  <message>
   <source> 为限</source>
   <translation> limit</translation>
  </message>
  <message>
   <source> 前办完</source>
   <translation> done by</translation>
  </message>
  <message>
   <source> 前答复</source>
   <translation> answer by</translation>
  </message>
  <message>
   <source> 受理</source>
   <translation> taken on</translation>
  </message>
  <message>
   <source> 复查</source>
   <translation> review</translation>
  </message>
  <message>
   <source> 最老 {age}</source>
   <translation> oldest {age}</translation>
  </message>
  <message>
   <source> 等 {count} 位</source>
   <translation> and more, {count} in all</translation>
  </message>
  <message>
   <source>0 至 100，可不填</source>
   <translation>0 to 100, optional</translation>
  </message>
  <message>
   <source>1 至 90</source>
   <translation>1 to 90</translation>
  </message>
  <message>
   <source>Enter 或 F6 应急与任务</source>
   <translation>Enter or F6: modes and tasks</translation>
  </message>
  <message>
   <source>Enter 打开 · Ctrl D 导出 · Esc 关闭</source>
   <translation>Enter opens · Ctrl D exports · Esc closes</translation>
  </message>
  <message>
   <source>Enter 打开事件</source>
   <translation>Enter opens the incident</translation>
  </message>
  <message>
   <source>F8 静音 2 分</source>
   <translation>F8 mute 2 min</translation>
  </message>
  <message>
   <source>P3 冻结</source>
   <translation>P3 still</translation>
  </message>
  <message>
   <source>{acts}：{why}</source>
   <translation>{acts}: {why}</translation>
  </message>
  <message>
   <source>{act}：{said}</source>
   <translation>{act}: {said}</translation>
  </message>
  <message>
   <source>{after}，状态不变</source>
   <translation>{after}, state unchanged</translation>
  </message>
  <message>
   <source>{begin:%Y-%m-%d} 至 {last:%m-%d}</source>
   <translation>{begin:%Y-%m-%d} to {last:%m-%d}</translation>
  </message>
  <message>
   <source>{code} 工作时</source>
   <translation>{code} work time</translation>
  </message>
  <message>
   <source>{code} 自然时</source>
   <translation>{code} clock time</translation>
  </message>
  <message>
   <source>{count} 件已并入本件；各件可拆分</source>
   <translation>{count} merged into this one; each can be split</translation>
  </message>
  <message>
   <source>{count} 位上报人</source>
   <translation>{count} reporters</translation>
  </message>
  <message>
   <source>{days}天{hours}时</source>
   <translation>{days}d {hours}h</translation>
  </message>
  <message>
   <source>{distance_m} 米</source>
   <translation>{distance_m} m</translation>
  </message>
  <message>
   <source>{distance_m} 米 · 相隔 {apart} · {state}</source>
   <translation>{distance_m} m · {apart} apart · {state}</translation>
  </message>
  <message>
   <source>{field}有改动</source>
   <translation>{field} changed</translation>
  </message>
  <message>
   <source>{field}：{said}</source>
   <translation>{field}: {said}</translation>
  </message>
  <message>
   <source>{hours} 小时内</source>
   <translation>within {hours} h</translation>
  </message>
  <message>
   <source>{hours}时{minutes:02d}分</source>
   <translation>{hours}h {minutes:02d}m</translation>
  </message>
  <message>
   <source>{kind} · 派出后{span}</source>
   <translation>{kind} · {span} from dispatch</translation>
  </message>
  <message>
   <source>{kind}{colour}</source>
   <translation>{kind} {colour}</translation>
  </message>
  <message>
   <source>{letter}“{event}”</source>
   <translation>{letter} “{event}”</translation>
  </message>
  <message>
   <source>{metres:.1f} 公里</source>
   <translation>{metres:.1f} km</translation>
  </message>
  <message>
   <source>{metres} 米</source>
   <translation>{metres} m</translation>
  </message>
  <message>
   <source>{millis} 分</source>
   <translation>{millis} min</translation>
  </message>
  <message>
   <source>{millis} 分钟</source>
   <translation>{millis} min</translation>
  </message>
  <message>
   <source>{millis} 天</source>
   <translation>{millis} d</translation>
  </message>
  <message>
   <source>{millis} 小时</source>
   <translation>{millis} h</translation>
  </message>
  <message>
   <source>{minutes} 分内 {kept}/{all}</source>
   <translation>≤{minutes} min {kept}/{all}</translation>
  </message>
  <message>
   <source>{month}月{day}日 {weekday}</source>
   <translation>{weekday} {month:02d}-{day:02d}</translation>
  </message>
  <message>
   <source>{name} {begin:%m-%d %H:%M} 至 {end:%H:%M}</source>
   <translation>{name} {begin:%m-%d %H:%M} to {end:%H:%M}</translation>
  </message>
  <message>
   <source>{name} {begin:%m-%d %H:%M} 至 {end:%m-%d %H:%M}</source>
   <translation>{name} {begin:%m-%d %H:%M} to {end:%m-%d %H:%M}</translation>
  </message>
  <message>
   <source>{name}（{how}）</source>
   <translation>{name} ({how})</translation>
  </message>
  <message>
   <source>{name}（{kilometres} 公里）</source>
   <translation>{name} ({kilometres} km)</translation>
  </message>
  <message>
   <source>{name}（{metres} 米）</source>
   <translation>{name} ({metres} m)</translation>
  </message>
  <message>
   <source>{number} {card}过时未答复</source>
   <translation>{number} {card} unanswered in time</translation>
  </message>
  <message>
   <source>{number} {unit}协办单“{state}”，已过时限</source>
   <translation>{number} {unit}: part "{state}", past its limit</translation>
  </message>
  <message>
   <source>{number} {unit}没有按时答复吹哨</source>
   <translation>{number} {unit} has not answered the whistle in time</translation>
  </message>
  <message>
   <source>{number} · {person}的席位没有应答，待接手</source>
   <translation>{number} · {person}’s seat does not answer: take over</translation>
  </message>
  <message>
   <source>{number} 挂起已到复查时间</source>
   <translation>{number} on hold, review date passed</translation>
  </message>
  <message>
   <source>{number} 有的时间不合情理，时钟可疑</source>
   <translation>{number} has times that cannot be; a clock is suspect</translation>
  </message>
  <message>
   <source>{number} 答应来电人的事过时未兑现</source>
   <translation>{number} promise to a caller not kept in time</translation>
  </message>
  <message>
   <source>{number} 首报（{way}）过时未报</source>
   <translation>{number} first report ({way}) is overdue</translation>
  </message>
  <message>
   <source>{offer} 秒</source>
   <translation>{offer} s</translation>
  </message>
  <message>
   <source>{others}也正在办这件事</source>
   <translation>{others} is working on this too</translation>
  </message>
  <message>
   <source>{passed} 分</source>
   <translation>{passed} min</translation>
  </message>
  <message>
   <source>{passed} 天</source>
   <translation>{passed} d</translation>
  </message>
  <message>
   <source>{passed} 时</source>
   <translation>{passed} h</translation>
  </message>
  <message>
   <source>{passed} 秒</source>
   <translation>{passed} s</translation>
  </message>
  <message>
   <source>{photos} 张</source>
   <translation>{photos} photos</translation>
  </message>
  <message>
   <source>{place}（{how}）</source>
   <translation>{place} ({how})</translation>
  </message>
  <message>
   <source>{place}（{same}）</source>
   <translation>{place} ({same})</translation>
  </message>
  <message>
   <source>{seconds} 秒</source>
   <translation>{seconds} s</translation>
  </message>
  <message>
   <source>{silent} {age}</source>
   <translation>{silent} {age}</translation>
  </message>
  <message>
   <source>{stage}{span}</source>
   <translation>{stage} {span}</translation>
  </message>
  <message>
   <source>{stage}冻结 · 余</source>
   <translation>{stage} still · left</translation>
  </message>
  <message>
   <source>{stage}冻结 · 超时</source>
   <translation>{stage} still · over</translation>
  </message>
  <message>
   <source>{stage}剩余</source>
   <translation>{stage} left</translation>
  </message>
  <message>
   <source>{stage}已超时</source>
   <translation>{stage} over</translation>
  </message>
  <message>
   <source>{title}：还有 {left} 个任务没有回报</source>
   <translation>{title}: {left} tasks not answered</translation>
  </message>
  <message>
   <source>{town}没有这一类未结事件。Esc 看全市</source>
   <translation>Nothing open of this kind in {town}. Esc: whole city</translation>
  </message>
  <message>
   <source>{town}：未结 {open}，超时 {red}，将到时 {yellow}，站点正常 {well}/{sites}</source>
   <translation>{town}: open {open}, over {red}, soon {yellow}, sites well {well}/{sites}</translation>
  </message>
  <message>
   <source>{unsent} 条没有传到市平台，本机照常办理</source>
   <translation>{unsent} not sent to the hub; work goes on here</translation>
  </message>
  <message>
   <source>{value} 个工作日</source>
   <translation>{value} working days</translation>
  </message>
  <message>
   <source>{value} 元</source>
   <translation>{value} yuan</translation>
  </message>
  <message>
   <source>{value} 天</source>
   <translation>{value} days</translation>
  </message>
  <message>
   <source>{verb}：{barred}</source>
   <translation>{verb}: {barred}</translation>
  </message>
  <message>
   <source>{what} 条还没有传到市平台</source>
   <translation>{what} not sent to the hub</translation>
  </message>
  <message>
   <source>{what}两处同时办理，需要决定</source>
   <translation>{what} done at the same time; decide</translation>
  </message>
  <message>
   <source>{what}没有定位</source>
   <translation>{what} without position</translation>
  </message>
  <message>
   <source>“{text}”不是 经度, 纬度，如 113.9635, 23.0380</source>
   <translation>“{text}” is not lon, lat, e.g. 113.9635, 23.0380</translation>
  </message>
  <message>
   <source>“{text}”不是非负整数</source>
   <translation>“{text}” is not a whole number</translation>
  </message>
  <message>
   <source>Ⅰ级起</source>
   <translation>from I</translation>
  </message>
  <message>
   <source>Ⅱ级起</source>
   <translation>from II</translation>
  </message>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>〔{label}〕</source>
   <translation>[{label}]</translation>
  </message>
  <message>
   <source>〔姓名〕</source>
   <translation>[name]</translation>
  </message>
  <message>
   <source>一条“{event}”验不过，已隔离</source>
   <translation>A “{event}” failed its signature; quarantined</translation>
  </message>
  <message>
   <source>上一条、下一条</source>
   <translation>previous, next</translation>
  </message>
  <message>
   <source>上一类、下一类</source>
   <translation>previous, next list</translation>
  </message>
  <message>
   <source>上传迟滞</source>
   <translation>Upload late</translation>
  </message>
  <message>
   <source>上岗</source>
   <translation>Go on duty</translation>
  </message>
  <message>
   <source>上报</source>
   <translation>Report</translation>
  </message>
  <message>
   <source>上报人</source>
   <translation>Reporter</translation>
  </message>
  <message>
   <source>上报时间</source>
   <translation>Reported</translation>
  </message>
  <message>
   <source>上次联系</source>
   <translation>Last contact</translation>
  </message>
  <message>
   <source>下一条</source>
   <translation>Next</translation>
  </message>
  <message>
   <source>下岗</source>
   <translation>Go off duty</translation>
  </message>
  <message>
   <source>不写则遮蔽，写了留痕</source>
   <translation>empty: masked; else audited</translation>
  </message>
  <message>
   <source>不冻结</source>
   <translation>not</translation>
  </message>
  <message>
   <source>不变</source>
   <translation>unchanged</translation>
  </message>
  <message>
   <source>不比较</source>
   <translation>none</translation>
  </message>
  <message>
   <source>不满意</source>
   <translation>Dissatisfied</translation>
  </message>
  <message>
   <source>不能办理（{code}）{listed}</source>
   <translation>Not possible ({code}) {listed}</translation>
  </message>
  <message>
   <source>不计时</source>
   <translation>No limit</translation>
  </message>
  <message>
   <source>与 {number} 同处</source>
   <translation>same place as {number}</translation>
  </message>
  <message>
   <source>专报</source>
   <translation>Special</translation>
  </message>
  <message>
   <source>两天没有备份了</source>
   <translation>No backup for two days</translation>
  </message>
  <message>
   <source>个工作日</source>
   <translation>work days</translation>
  </message>
  <message>
   <source>个工作时</source>
   <translation>work h</translation>
  </message>
  <message>
   <source>主办</source>
   <translation>Lead</translation>
  </message>
  <message>
   <source>主办单位</source>
   <translation>Lead unit</translation>
  </message>
  <message>
   <source>争议</source>
   <translation>Disputed</translation>
  </message>
  <message>
   <source>事件编号，可空</source>
   <translation>incident number, may be empty</translation>
  </message>
  <message>
   <source>事件队列</source>
   <translation>Incident queue</translation>
  </message>
  <message>
   <source>事项</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>交接班</source>
   <translation>Relief</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>Workers</translation>
  </message>
  <message>
   <source>人员编号</source>
   <translation>worker number</translation>
  </message>
  <message>
   <source>今天几点，如 13:00；可空</source>
   <translation>a time today, like 13:00; may be empty</translation>
  </message>
  <message>
   <source>今日</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>从</source>
   <translation>From</translation>
  </message>
  <message>
   <source>任务</source>
   <translation>Task</translation>
  </message>
  <message>
   <source>优先级</source>
   <translation>Priority</translation>
  </message>
  <message>
   <source>例外</source>
   <translation>Exceptions</translation>
  </message>
  <message>
   <source>值班日志</source>
   <translation>Logbook</translation>
  </message>
  <message>
   <source>值班表</source>
   <translation>Roster</translation>
  </message>
  <message>
   <source>值班长</source>
   <translation>Chief</translation>
  </message>
  <message>
   <source>值班长{chief}</source>
   <translation>Chief {chief}</translation>
  </message>
  <message>
   <source>值班长席</source>
   <translation>Chief's seat</translation>
  </message>
  <message>
   <source>免回访</source>
   <translation>No call</translation>
  </message>
  <message>
   <source>免回访的理由，可不填</source>
   <translation>why no call-back, optional</translation>
  </message>
  <message>
   <source>全部</source>
   <translation>All</translation>
  </message>
  <message>
   <source>全部机动队</source>
   <translation>All squads</translation>
  </message>
  <message>
   <source>其他</source>
   <translation>Others</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>决定</source>
   <translation>Decision</translation>
  </message>
  <message>
   <source>冻结</source>
   <translation>Still</translation>
  </message>
  <message>
   <source>冻结·超时</source>
   <translation>Still·over</translation>
  </message>
  <message>
   <source>分</source>
   <translation>min</translation>
  </message>
  <message>
   <source>分叉</source>
   <translation>Forks</translation>
  </message>
  <message>
   <source>分类推送</source>
   <translation>Assigned</translation>
  </message>
  <message>
   <source>到</source>
   <translation>To</translation>
  </message>
  <message>
   <source>到最前，收进新到的</source>
   <translation>to the top, take in new</translation>
  </message>
  <message>
   <source>到达平台</source>
   <translation>At hub</translation>
  </message>
  <message>
   <source>到达时间</source>
   <translation>Arrived</translation>
  </message>
  <message>
   <source>力量</source>
   <translation>Force</translation>
  </message>
  <message>
   <source>办理</source>
   <translation>Acts</translation>
  </message>
  <message>
   <source>办理人</source>
   <translation>By</translation>
  </message>
  <message>
   <source>办理情况</source>
   <translation>Progress</translation>
  </message>
  <message>
   <source>动作</source>
   <translation>Act</translation>
  </message>
  <message>
   <source>协办单位</source>
   <translation>Assisting</translation>
  </message>
  <message>
   <source>协办时限</source>
   <translation>Part limit</translation>
  </message>
  <message>
   <source>协助</source>
   <translation>Assist</translation>
  </message>
  <message>
   <source>协助 {value}</source>
   <translation>assisting {value}</translation>
  </message>
  <message>
   <source>协调处理</source>
   <translation>Handling</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>印交办单</source>
   <translation>Print order</translation>
  </message>
  <message>
   <source>发现</source>
   <translation>Finding</translation>
  </message>
  <message>
   <source>发现上报</source>
   <translation>Reported</translation>
  </message>
  <message>
   <source>发给</source>
   <translation>To</translation>
  </message>
  <message>
   <source>受理席</source>
   <translation>Intake seat</translation>
  </message>
  <message>
   <source>受理时间</source>
   <translation>Taken on</translation>
  </message>
  <message>
   <source>另有 {known} 条已确认</source>
   <translation>{known} more acknowledged</translation>
  </message>
  <message>
   <source>另有 {waiting} 条待确认</source>
   <translation>{waiting} more to acknowledge</translation>
  </message>
  <message>
   <source>只写承诺的期限，如 18:00 或 4h</source>
   <translation>promises only: due at, e.g. 18:00 or 4h</translation>
  </message>
  <message>
   <source>只看 P1</source>
   <translation>P1 only</translation>
  </message>
  <message>
   <source>只看争议</source>
   <translation>disputed only</translation>
  </message>
  <message>
   <source>只看待传</source>
   <translation>unsent only</translation>
  </message>
  <message>
   <source>只看有照片</source>
   <translation>with photos only</translation>
  </message>
  <message>
   <source>只看红灯</source>
   <translation>red only</translation>
  </message>
  <message>
   <source>只看黄灯</source>
   <translation>yellow only</translation>
  </message>
  <message>
   <source>可空</source>
   <translation>optional</translation>
  </message>
  <message>
   <source>各条同时有效，状态按规则取</source>
   <translation>All stand; the rules give the state</translation>
  </message>
  <message>
   <source>各镇街与站点（市级）</source>
   <translation>Towns and sites (city)</translation>
  </message>
  <message>
   <source>同步回执</source>
   <translation>Sync receipt</translation>
  </message>
  <message>
   <source>同比</source>
   <translation>last year</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>名称、拼音</source>
   <translation>name, pinyin</translation>
  </message>
  <message>
   <source>名称、拼音、编号、地点</source>
   <translation>name, pinyin, no., place</translation>
  </message>
  <message>
   <source>名称、拼音，可多个</source>
   <translation>name, pinyin; several</translation>
  </message>
  <message>
   <source>启动、调整时必填</source>
   <translation>required to start or change</translation>
  </message>
  <message>
   <source>吹哨，须按四要素答复</source>
   <translation>whistle, to be answered with four facts</translation>
  </message>
  <message>
   <source>告知方式</source>
   <translation>Told by</translation>
  </message>
  <message>
   <source>告知谁</source>
   <translation>Whom</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>告警 {count}</source>
   <translation>Alarms {count}</translation>
  </message>
  <message>
   <source>告警不闪烁</source>
   <translation>Steady alarms</translation>
  </message>
  <message>
   <source>周一</source>
   <translation>Mon</translation>
  </message>
  <message>
   <source>周三</source>
   <translation>Wed</translation>
  </message>
  <message>
   <source>周二</source>
   <translation>Tue</translation>
  </message>
  <message>
   <source>周五</source>
   <translation>Fri</translation>
  </message>
  <message>
   <source>周六</source>
   <translation>Sat</translation>
  </message>
  <message>
   <source>周四</source>
   <translation>Thu</translation>
  </message>
  <message>
   <source>周报</source>
   <translation>Week</translation>
  </message>
  <message>
   <source>周日</source>
   <translation>Sun</translation>
  </message>
  <message>
   <source>命令</source>
   <translation>Command</translation>
  </message>
  <message>
   <source>命令行</source>
   <translation>Command line</translation>
  </message>
  <message>
   <source>回到分歧之前，各方收到说明</source>
   <translation>Back to before the fork; all sides are told</translation>
  </message>
  <message>
   <source>回到队列</source>
   <translation>back to the queue</translation>
  </message>
  <message>
   <source>图例</source>
   <translation>Legend</translation>
  </message>
  <message>
   <source>图层</source>
   <translation>layers</translation>
  </message>
  <message>
   <source>图表</source>
   <translation>Charts</translation>
  </message>
  <message>
   <source>在办 {open_orders}</source>
   <translation>open {open_orders}</translation>
  </message>
  <message>
   <source>在哪里</source>
   <translation>Where</translation>
  </message>
  <message>
   <source>地图</source>
   <translation>Map</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>坐标</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>基本满意</source>
   <translation>Fairly satisfied</translation>
  </message>
  <message>
   <source>填了即为吹哨，须按四要素答复</source>
   <translation>a whistle: to be answered with four facts</translation>
  </message>
  <message>
   <source>声音放不出来</source>
   <translation>No sound output</translation>
  </message>
  <message>
   <source>声音放不出来，请看告警灯</source>
   <translation>No sound output; watch the alarms</translation>
  </message>
  <message>
   <source>声音正常</source>
   <translation>Sound OK</translation>
  </message>
  <message>
   <source>处置中</source>
   <translation>Working</translation>
  </message>
  <message>
   <source>处置单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>备份</source>
   <translation>Backup</translation>
  </message>
  <message>
   <source>复位</source>
   <translation>Reset</translation>
  </message>
  <message>
   <source>复查 {day}</source>
   <translation>review {day}</translation>
  </message>
  <message>
   <source>夜班</source>
   <translation>Night</translation>
  </message>
  <message>
   <source>夜班 20:00–08:00</source>
   <translation>Night 20:00–08:00</translation>
  </message>
  <message>
   <source>夜间</source>
   <translation>Night</translation>
  </message>
  <message>
   <source>天</source>
   <translation>days</translation>
  </message>
  <message>
   <source>失联 {count}</source>
   <translation>{count} silent</translation>
  </message>
  <message>
   <source>如 11-21 08:00</source>
   <translation>e.g. 11-21 08:00</translation>
  </message>
  <message>
   <source>如 18:00</source>
   <translation>e.g. 18:00</translation>
  </message>
  <message>
   <source>如 {at}、4h、3d</source>
   <translation>e.g. {at}, 4h, 3d</translation>
  </message>
  <message>
   <source>如 防风专报</source>
   <translation>e.g. Typhoon report</translation>
  </message>
  <message>
   <source>姓名、拼音、网格</source>
   <translation>name, pinyin, grid</translation>
  </message>
  <message>
   <source>字号 {scale}%</source>
   <translation>Text size {scale}%</translation>
  </message>
  <message>
   <source>字大一号</source>
   <translation>larger text</translation>
  </message>
  <message>
   <source>字小一号</source>
   <translation>smaller text</translation>
  </message>
  <message>
   <source>守</source>
   <translation>D</translation>
  </message>
  <message>
   <source>密封至</source>
   <translation>Sealed until</translation>
  </message>
  <message>
   <source>导入</source>
   <translation>Import</translation>
  </message>
  <message>
   <source>导出</source>
   <translation>Export</translation>
  </message>
  <message>
   <source>导出清单</source>
   <translation>export list</translation>
  </message>
  <message>
   <source>导出网格、单位、对象</source>
   <translation>Export grids, units, objects</translation>
  </message>
  <message>
   <source>小时</source>
   <translation>h</translation>
  </message>
  <message>
   <source>巡查什么</source>
   <translation>What to look at</translation>
  </message>
  <message>
   <source>工作日</source>
   <translation>Working days</translation>
  </message>
  <message>
   <source>工作站</source>
   <translation>Station</translation>
  </message>
  <message>
   <source>已{verb}{number}</source>
   <translation>{number}: {verb} done</translation>
  </message>
  <message>
   <source>已上报为</source>
   <translation>Reported as</translation>
  </message>
  <message>
   <source>已告知 {count}</source>
   <translation>{count} told</translation>
  </message>
  <message>
   <source>已就地办结的，写明措施和结果</source>
   <translation>if settled on the spot: what was done</translation>
  </message>
  <message>
   <source>已接手，时间线上有记录</source>
   <translation>Taken over; the timeline says so</translation>
  </message>
  <message>
   <source>已用 {said}</source>
   <translation>{said} so far</translation>
  </message>
  <message>
   <source>已确认 {acknowledged_by}</source>
   <translation>Ack. {acknowledged_by}</translation>
  </message>
  <message>
   <source>已选 {chosen}</source>
   <translation>{chosen} chosen</translation>
  </message>
  <message>
   <source>市平台的库退回到第 {seq} 号，本机把 {count} 条重新送去</source>
   <translation>The hub went back to no. {seq}; {count} records go there again</translation>
  </message>
  <message>
   <source>市平台的答复不能用：{error}</source>
   <translation>The hub's answer is unusable: {error}</translation>
  </message>
  <message>
   <source>市平台连不上，本机照常办理</source>
   <translation>Hub unreachable; work goes on here</translation>
  </message>
  <message>
   <source>市平台连不上；本机照常办理，恢复后自动上传</source>
   <translation>Hub unreachable; work goes on here and is sent when it is back</translation>
  </message>
  <message>
   <source>市级交办单的编号</source>
   <translation>number of the city's order</translation>
  </message>
  <message>
   <source>市级办理</source>
   <translation>With city</translation>
  </message>
  <message>
   <source>市级单号 {value}</source>
   <translation>city no. {value}</translation>
  </message>
  <message>
   <source>带队领导</source>
   <translation>Leader</translation>
  </message>
  <message>
   <source>帮助</source>
   <translation>Help</translation>
  </message>
  <message>
   <source>并 {merged}</source>
   <translation>+{merged}</translation>
  </message>
  <message>
   <source>并入</source>
   <translation>Into</translation>
  </message>
  <message>
   <source>并案未告知的全部</source>
   <translation>all merged, not yet told</translation>
  </message>
  <message>
   <source>应于 {at}</source>
   <translation>was due {at}</translation>
  </message>
  <message>
   <source>应急与任务</source>
   <translation>Emergency</translation>
  </message>
  <message>
   <source>应查对象</source>
   <translation>Objects due</translation>
  </message>
  <message>
   <source>应查对象还有 {left} 处没有查</source>
   <translation>{left} objects due were not looked at</translation>
  </message>
  <message>
   <source>延期原因</source>
   <translation>Cause</translation>
  </message>
  <message>
   <source>建议{value}</source>
   <translation>proposed {value}</translation>
  </message>
  <message>
   <source>开封前也看得见，不写机密</source>
   <translation>seen before it is unsealed: nothing secret here</translation>
  </message>
  <message>
   <source>归档号 {value}</source>
   <translation>archive {value}</translation>
  </message>
  <message>
   <source>当时在线</source>
   <translation>online then</translation>
  </message>
  <message>
   <source>待发</source>
   <translation>Unsent</translation>
  </message>
  <message>
   <source>待受理</source>
   <translation>Reported</translation>
  </message>
  <message>
   <source>待回访</source>
   <translation>Call back</translation>
  </message>
  <message>
   <source>待批{request}</source>
   <translation>asks {request}</translation>
  </message>
  <message>
   <source>待核实</source>
   <translation>Verify</translation>
  </message>
  <message>
   <source>待核查</source>
   <translation>Inspect</translation>
  </message>
  <message>
   <source>待派遣</source>
   <translation>Dispatch</translation>
  </message>
  <message>
   <source>待签收</source>
   <translation>Sign for</translation>
  </message>
  <message>
   <source>待评价</source>
   <translation>Closing</translation>
  </message>
  <message>
   <source>恢复布局</source>
   <translation>Reset layout</translation>
  </message>
  <message>
   <source>情况</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>意见</source>
   <translation>Opinion</translation>
  </message>
  <message>
   <source>打印信息报告</source>
   <translation>Print the information report</translation>
  </message>
  <message>
   <source>打开事件</source>
   <translation>open incident</translation>
  </message>
  <message>
   <source>扣 {value} 分</source>
   <translation>−{value} pts</translation>
  </message>
  <message>
   <source>批注</source>
   <translation>Comment</translation>
  </message>
  <message>
   <source>批示</source>
   <translation>Instruction</translation>
  </message>
  <message>
   <source>承诺时限</source>
   <translation>Done by</translation>
  </message>
  <message>
   <source>报告</source>
   <translation>Report</translation>
  </message>
  <message>
   <source>挂起</source>
   <translation>On hold</translation>
  </message>
  <message>
   <source>挂起条件</source>
   <translation>Condition</translation>
  </message>
  <message>
   <source>按上报时间</source>
   <translation>By report time</translation>
  </message>
  <message>
   <source>按任意键关闭</source>
   <translation>Any key closes</translation>
  </message>
  <message>
   <source>按时</source>
   <translation>in time</translation>
  </message>
  <message>
   <source>按状态筛选</source>
   <translation>filter by status</translation>
  </message>
  <message>
   <source>按紧急度</source>
   <translation>By urgency</translation>
  </message>
  <message>
   <source>按键</source>
   <translation>Keys</translation>
  </message>
  <message>
   <source>换排序</source>
   <translation>change order</translation>
  </message>
  <message>
   <source>措施</source>
   <translation>Measures</translation>
  </message>
  <message>
   <source>搜索</source>
   <translation>Search</translation>
  </message>
  <message>
   <source>搜索事件</source>
   <translation>Search incidents</translation>
  </message>
  <message>
   <source>摄</source>
   <translation>C</translation>
  </message>
  <message>
   <source>撤派单位</source>
   <translation>Told off</translation>
  </message>
  <message>
   <source>撤销</source>
   <translation>Undo</translation>
  </message>
  <message>
   <source>撤销刚才的动作</source>
   <translation>undo the last act</translation>
  </message>
  <message>
   <source>改时限</source>
   <translation>New limit</translation>
  </message>
  <message>
   <source>改派</source>
   <translation>New unit</translation>
  </message>
  <message>
   <source>放大、缩小</source>
   <translation>zoom in, out</translation>
  </message>
  <message>
   <source>整数，可不填</source>
   <translation>whole, may be empty</translation>
  </message>
  <message>
   <source>新到 {above} 条</source>
   <translation>{above} new</translation>
  </message>
  <message>
   <source>新到 {above} 条在上方</source>
   <translation>{above} new above</translation>
  </message>
  <message>
   <source>新到 {below} 条在下方</source>
   <translation>{below} new below</translation>
  </message>
  <message>
   <source>方式</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>无法联系</source>
   <translation>Unreachable</translation>
  </message>
  <message>
   <source>日报</source>
   <translation>Day</translation>
  </message>
  <message>
   <source>日间</source>
   <translation>Day</translation>
  </message>
  <message>
   <source>日间、夜间</source>
   <translation>day, night</translation>
  </message>
  <message>
   <source>明文理由</source>
   <translation>Why in clear</translation>
  </message>
  <message>
   <source>智网调度台</source>
   <translation>Zhiwang</translation>
  </message>
  <message>
   <source>更多动作</source>
   <translation>more acts</translation>
  </message>
  <message>
   <source>最老 {age}</source>
   <translation>oldest {age}</translation>
  </message>
  <message>
   <source>月报</source>
   <translation>Month</translation>
  </message>
  <message>
   <source>有问题 {count}</source>
   <translation>{count} with problems</translation>
  </message>
  <message>
   <source>未到</source>
   <translation>not yet</translation>
  </message>
  <message>
   <source>未到 {names}</source>
   <translation>not reached: {names}</translation>
  </message>
  <message>
   <source>未发</source>
   <translation>Unsent</translation>
  </message>
  <message>
   <source>未告知 {numbers}</source>
   <translation>not yet told: {numbers}</translation>
  </message>
  <message>
   <source>未接市平台</source>
   <translation>No hub</translation>
  </message>
  <message>
   <source>未提交的表单</source>
   <translation>Unsent forms</translation>
  </message>
  <message>
   <source>未登录</source>
   <translation>Not logged in</translation>
  </message>
  <message>
   <source>未确认办结条件：{value}</source>
   <translation>closing condition not confirmed: {value}</translation>
  </message>
  <message>
   <source>未结</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>未读</source>
   <translation>Unread</translation>
  </message>
  <message>
   <source>本件{number}</source>
   <translation>This one {number}</translation>
  </message>
  <message>
   <source>本件上报人</source>
   <translation>this reporter</translation>
  </message>
  <message>
   <source>本席位没有未提交的表单</source>
   <translation>No unsent forms at this seat</translation>
  </message>
  <message>
   <source>本机库出错，这一步没有记下：{error}</source>
   <translation>The store failed; this step was not recorded: {error}</translation>
  </message>
  <message>
   <source>本机库坏过，已修复，救回 {what} 条；看值班手册</source>
   <translation>The store was damaged and mended, {what} saved; see the manual</translation>
  </message>
  <message>
   <source>本机库坏过，旧库还没救出；看值班手册</source>
   <translation>The store was damaged and the old one not yet saved; see the manual</translation>
  </message>
  <message>
   <source>本机库正常 · 声音正常</source>
   <translation>Store OK · Sound OK</translation>
  </message>
  <message>
   <source>本机的库有过副本，{what} 条已换名重发</source>
   <translation>A copy of this store wrote too; {what} records were sent anew</translation>
  </message>
  <message>
   <source>本站点已被市平台停用，新办的件只存在本机；找市级中心</source>
   <translation>This site was shut out by the hub; new work stays here. Call the city centre</translation>
  </message>
  <message>
   <source>本站点的证书已到期，新办的件只存在本机；找市级中心</source>
   <translation>This site’s certificate is over; new work stays here. Call the city centre</translation>
  </message>
  <message>
   <source>村、网格或事件编号；或 经度, 纬度</source>
   <translation>village, grid or number; or lon, lat</translation>
  </message>
  <message>
   <source>村、路、门牌</source>
   <translation>village, road, number</translation>
  </message>
  <message>
   <source>村（社区）中心，待核</source>
   <translation>village centre, to verify</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>来自</source>
   <translation>From</translation>
  </message>
  <message>
   <source>查看会留痕</source>
   <translation>viewing is audited</translation>
  </message>
  <message>
   <source>标题</source>
   <translation>Title</translation>
  </message>
  <message>
   <source>栓</source>
   <translation>H</translation>
  </message>
  <message>
   <source>核实结果</source>
   <translation>Finding</translation>
  </message>
  <message>
   <source>框选</source>
   <translation>Box</translation>
  </message>
  <message>
   <source>检查什么</source>
   <translation>Check what</translation>
  </message>
  <message>
   <source>检查点</source>
   <translation>Checkpoint</translation>
  </message>
  <message>
   <source>正在统计</source>
   <translation>Counting</translation>
  </message>
  <message>
   <source>正文</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>毫秒</source>
   <translation>ms</translation>
  </message>
  <message>
   <source>汉字、拼音、首字母、编码</source>
   <translation>hanzi, pinyin, initials, code</translation>
  </message>
  <message>
   <source>没有{name}事件。→ 看下一类</source>
   <translation>None in “{name}”. → next list</translation>
  </message>
  <message>
   <source>没有例外。</source>
   <translation>No exceptions.</translation>
  </message>
  <message>
   <source>没有可撤销的动作；更早的在事件的“更多”里撤销</source>
   <translation>Nothing to undo; older acts under “More” of the incident</translation>
  </message>
  <message>
   <source>没有带应查日的管理对象</source>
   <translation>No managed object has a day on which it is due</translation>
  </message>
  <message>
   <source>没有找到</source>
   <translation>Not found</translation>
  </message>
  <message>
   <source>没有找到“{text}”。Esc 清除</source>
   <translation>“{text}” not found. Esc clears</translation>
  </message>
  <message>
   <source>没有找到，换个说法</source>
   <translation>Not found; try other words</translation>
  </message>
  <message>
   <source>没有未结事件。Ctrl+N 上报</source>
   <translation>No open incidents. Ctrl+N reports one</translation>
  </message>
  <message>
   <source>派给</source>
   <translation>To</translation>
  </message>
  <message>
   <source>派遣席</source>
   <translation>Dispatch seat</translation>
  </message>
  <message>
   <source>满意</source>
   <translation>Satisfied</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>DEMO DATA</translation>
  </message>
  <message>
   <source>点名</source>
   <translation>Radio check</translation>
  </message>
  <message>
   <source>点名 {name} {answer}</source>
   <translation>Radio check {name}: {answer}</translation>
  </message>
  <message>
   <source>照片</source>
   <translation>Photos</translation>
  </message>
  <message>
   <source>照片上传中</source>
   <translation>photo uploading</translation>
  </message>
  <message>
   <source>照片打不开</source>
   <translation>photo unreadable</translation>
  </message>
  <message>
   <source>照片须{count}张</source>
   <translation>{count} photos required</translation>
  </message>
  <message>
   <source>版本</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>状态不变，另一方收到说明</source>
   <translation>State unchanged; the other side is told</translation>
  </message>
  <message>
   <source>状态将为</source>
   <translation>Leads to</translation>
  </message>
  <message>
   <source>状态条</source>
   <translation>Status strip</translation>
  </message>
  <message>
   <source>环比</source>
   <translation>before</translation>
  </message>
  <message>
   <source>环比、同比</source>
   <translation>before, last year</translation>
  </message>
  <message>
   <source>环节</source>
   <translation>Stages</translation>
  </message>
  <message>
   <source>现在</source>
   <translation>now</translation>
  </message>
  <message>
   <source>班次</source>
   <translation>Shift</translation>
  </message>
  <message>
   <source>由谁转达，可不填</source>
   <translation>who passed it on, optional</translation>
  </message>
  <message>
   <source>甲乙丙丁戊己庚辛</source>
   <translation>ABCDEFGH</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Phone</translation>
  </message>
  <message>
   <source>疑似{number}</source>
   <translation>Perhaps {number}</translation>
  </message>
  <message>
   <source>登录、换人</source>
   <translation>log in, change user</translation>
  </message>
  <message>
   <source>白班</source>
   <translation>Day</translation>
  </message>
  <message>
   <source>白班 08:00–20:00</source>
   <translation>Day 08:00–20:00</translation>
  </message>
  <message>
   <source>目录 {name}</source>
   <translation>Catalogue {name}</translation>
  </message>
  <message>
   <source>目录第 {version} 版</source>
   <translation>Catalogue v{version}</translation>
  </message>
  <message>
   <source>相距 {value} 米</source>
   <translation>{value} m apart</translation>
  </message>
  <message>
   <source>相距{metres}米 · 相隔{long}</source>
   <translation>{metres} m · {long} apart</translation>
  </message>
  <message>
   <source>督办</source>
   <translation>Cards</translation>
  </message>
  <message>
   <source>督办席</source>
   <translation>Oversight seat</translation>
  </message>
  <message>
   <source>督办待答复</source>
   <translation>card to answer</translation>
  </message>
  <message>
   <source>督办意见</source>
   <translation>Opinion</translation>
  </message>
  <message>
   <source>督办级别</source>
   <translation>Grade</translation>
  </message>
  <message>
   <source>确认</source>
   <translation>Ack</translation>
  </message>
  <message>
   <source>确认告警</source>
   <translation>acknowledge alarm</translation>
  </message>
  <message>
   <source>磁盘只余 {left} MB，已动用预留空间</source>
   <translation>Disk: {left} MB left; reserve in use</translation>
  </message>
  <message>
   <source>磁盘只余 {left} MB，暂不接收，上报照常</source>
   <translation>Disk: {left} MB left; nothing taken in, reports go on</translation>
  </message>
  <message>
   <source>磁盘只余 {left} MB，照片暂不存取</source>
   <translation>Disk: {left} MB left; no photos for now</translation>
  </message>
  <message>
   <source>离线补传</source>
   <translation>sent late</translation>
  </message>
  <message>
   <source>种类</source>
   <translation>Kind</translation>
  </message>
  <message>
   <source>移动</source>
   <translation>move</translation>
  </message>
  <message>
   <source>程序出错，这一步没有做成：{name}</source>
   <translation>A defect; this step was not done: {name}</translation>
  </message>
  <message>
   <source>窗口</source>
   <translation>Window</translation>
  </message>
  <message>
   <source>站</source>
   <translation>Sta.</translation>
  </message>
  <message>
   <source>站点</source>
   <translation>Sites</translation>
  </message>
  <message>
   <source>答复</source>
   <translation>Reply</translation>
  </message>
  <message>
   <source>答复时限</source>
   <translation>Answer by</translation>
  </message>
  <message>
   <source>筛选之下没有事件。再按一次筛选即可取消</source>
   <translation>Nothing passes the filter. Press the filter again to clear it</translation>
  </message>
  <message>
   <source>米</source>
   <translation>m</translation>
  </message>
  <message>
   <source>红</source>
   <translation>Red</translation>
  </message>
  <message>
   <source>红灯</source>
   <translation>Red</translation>
  </message>
  <message>
   <source>约 {minutes_on_the_way} 分</source>
   <translation>about {minutes_on_the_way} min</translation>
  </message>
  <message>
   <source>经度在 -180 至 180、纬度在 -90 至 90 之内</source>
   <translation>longitude within ±180, latitude within ±90</translation>
  </message>
  <message>
   <source>结果</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>结案争议</source>
   <translation>Disputed</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>No.</translation>
  </message>
  <message>
   <source>编号后四位，或情况里的字</source>
   <translation>last 4 digits, or words of it</translation>
  </message>
  <message>
   <source>编码、编码末几位或名称，用逗号分开</source>
   <translation>codes, their ends, or names, with commas</translation>
  </message>
  <message>
   <source>编码，用空格分开；空着为全部</source>
   <translation>codes, parted by blanks; empty for all</translation>
  </message>
  <message>
   <source>缺处置后照片 {value} 张</source>
   <translation>{value} photos of afterwards missing</translation>
  </message>
  <message>
   <source>网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>网格中心，待核</source>
   <translation>grid centre, to verify</translation>
  </message>
  <message>
   <source>网格覆盖</source>
   <translation>Grids covered</translation>
  </message>
  <message>
   <source>联系</source>
   <translation>Contact</translation>
  </message>
  <message>
   <source>自办结</source>
   <translation>Self-handled</translation>
  </message>
  <message>
   <source>自然日</source>
   <translation>Calendar days</translation>
  </message>
  <message>
   <source>草稿</source>
   <translation>Drafts</translation>
  </message>
  <message>
   <source>草稿里有填不回去的栏目，请核对</source>
   <translation>Some fields could not be restored; please check</translation>
  </message>
  <message>
   <source>要求</source>
   <translation>Require</translation>
  </message>
  <message>
   <source>解除</source>
   <translation>Lift</translation>
  </message>
  <message>
   <source>设备时间</source>
   <translation>Device</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Setup</translation>
  </message>
  <message>
   <source>评价结案</source>
   <translation>Closing</translation>
  </message>
  <message>
   <source>评分 {value}</source>
   <translation>score {value}</translation>
  </message>
  <message>
   <source>语言在下次开窗时换：{name}</source>
   <translation>Language at the next start: {name}</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>请从列表中选一项</source>
   <translation>Choose one from the list</translation>
  </message>
  <message>
   <source>请核实</source>
   <translation>asked to verify</translation>
  </message>
  <message>
   <source>负责人的电话，可不填</source>
   <translation>their phone, optional</translation>
  </message>
  <message>
   <source>超时</source>
   <translation>over</translation>
  </message>
  <message>
   <source>距事发地</source>
   <translation>Distance</translation>
  </message>
  <message>
   <source>距事发地 {value} 米</source>
   <translation>{value} m from scene</translation>
  </message>
  <message>
   <source>跟踪回访</source>
   <translation>Follow-up</translation>
  </message>
  <message>
   <source>转{state}</source>
   <translation>→ {state}</translation>
  </message>
  <message>
   <source>转{state}，另一方收到说明</source>
   <translation>→ {state}; the other side is told</translation>
  </message>
  <message>
   <source>转达人</source>
   <translation>Passed by</translation>
  </message>
  <message>
   <source>返 {rework}</source>
   <translation>redo {rework}</translation>
  </message>
  <message>
   <source>还没有备份过</source>
   <translation>No backup yet</translation>
  </message>
  <message>
   <source>这个数字背后的事件都不在这一类。Esc 回去</source>
   <translation>None of this number's incidents is of this kind. Esc goes back</translation>
  </message>
  <message>
   <source>这张表</source>
   <translation>this sheet</translation>
  </message>
  <message>
   <source>选派遣建议</source>
   <translation>choose advice</translation>
  </message>
  <message>
   <source>通知未读：{title}</source>
   <translation>Notice to be read: {title}</translation>
  </message>
  <message>
   <source>都不采用</source>
   <translation>Keep none</translation>
  </message>
  <message>
   <source>都采用：几条都属实</source>
   <translation>Keep all: each is true</translation>
  </message>
  <message>
   <source>采用{letter}：以“{act}”为准</source>
   <translation>Keep {letter}: “{act}” stands</translation>
  </message>
  <message>
   <source>量距离</source>
   <translation>measure distance</translation>
  </message>
  <message>
   <source>金额（元）</source>
   <translation>Amount (yuan)</translation>
  </message>
  <message>
   <source>钟差</source>
   <translation>Clock</translation>
  </message>
  <message>
   <source>锁定</source>
   <translation>Lock</translation>
  </message>
  <message>
   <source>镇街</source>
   <translation>Town</translation>
  </message>
  <message>
   <source>镇街席位</source>
   <translation>Town seats</translation>
  </message>
  <message>
   <source>队列</source>
   <translation>Queue</translation>
  </message>
  <message>
   <source>限 {at}</source>
   <translation>due {at}</translation>
  </message>
  <message>
   <source>隔离</source>
   <translation>Held</translation>
  </message>
  <message>
   <source>静音 2 分钟</source>
   <translation>mute 2 min</translation>
  </message>
  <message>
   <source>静音还剩 {span}</source>
   <translation>muted for {span}</translation>
  </message>
  <message>
   <source>非常不满意</source>
   <translation>Very dissatisfied</translation>
  </message>
  <message>
   <source>非常满意</source>
   <translation>Very satisfied</translation>
  </message>
  <message>
   <source>须写今天的时分，如 13:00</source>
   <translation>must be a time today, like 13:00</translation>
  </message>
  <message>
   <source>须写至少一个网格</source>
   <translation>at least one grid is needed</translation>
  </message>
  <message>
   <source>首报</source>
   <translation>Inform</translation>
  </message>
  <message>
   <source>黄</source>
   <translation>Yel</translation>
  </message>
  <message>
   <source>黄灯</source>
   <translation>Yellow</translation>
  </message>
  <message>
   <source>，</source>
   <translation>, </translation>
  </message>
  <message>
   <source>；</source>
   <translation>; </translation>
  </message>
 </context>
 <context>
  <name>workers</name>
  <message>
   <source>下班</source>
   <translation>Off duty</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>在岗</source>
   <translation>On duty</translation>
  </message>
  <message>
   <source>在途</source>
   <translation>En route</translation>
  </message>
  <message>
   <source>失联</source>
   <translation>Silent</translation>
  </message>
  <message>
   <source>巡查</source>
   <translation>Patrol</translation>
  </message>
  <message>
   <source>已派</source>
   <translation>Assigned</translation>
  </message>
 </context>
</TS>
