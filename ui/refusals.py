"""Errors in words: one clear sentence with its facts, for the place where the act was tried."""

from collections.abc import Mapping
from typing import Final

from dispatch.domain.errors import BadInput, HubError, Offline, Refused, StoreError
from ui import labels, times, town_words
from ui.tongue import tr, tr_table
from ui.wording import told

_SENTENCES: Final = tr_table(
    "refusal_sentences",
    {
        "already_handed_over": "这一班双方都已签字，不能再改交接单",
        "already_informed": "{by}已在 {at} 做过首报；后面的请用续报",
        "bulletins_ended": "{by}已在 {at} 做过终报，不能再报",
        "no_first_bulletin": "还没有首报，先做首报",
        "already_rewarded": "{by}已在 {at} 作过奖励决定，一件只作一次",
        "nobody_to_tell": "没有等待告知的上报人",
        "reward_the_master": "这一件并入了主案，奖励决定记在主案",
        "already_kept": "{by}已经记过这项承诺兑现",
        "already_signed": "{by}已在 {at} 签过",
        "already_ticked": "这一项{by}已经勾过",
        "no_promise": "没有这项承诺：{promise}",
        "no_report": "这一班还没有出值班报告，先出报告再签字",
        "not_all_ticked": "交接单还有 {count} 项没有勾清，勾清后才能接班签字",
        "not_on_shift": "{account}没有在这一班上岗，不能交班签字",
        "not_on_the_list": "交接单上没有这一项：{item}",
        "not_signed_by_both": "交班、接班双方签字后才能审核",
        "not_ticked": "这一项您没有勾过：{item}",
        "report_differs": "要签的报告（{given}）与已出的报告（{issued}）不同，请看最新一版再签",
        "same_person": "{account}已在另一方签字或勾单；交班、接班、审核须由不同的人各自登录签字",
        "already_answered": "这项申请已经有答复",
        "already_asked": "{kind}的申请已经提出，正等待答复",
        "already_assigned": "市级单号 {order} 已经下派过，是 {incident}",
        "already_confirmed": "这件的立案已经确认过",
        "already_supervised": "已有{level}，{until} 前答复；要加重请选更高一级",
        "already_dispatched": "已经派给 {unit}，现为“{state}”；要换单位请用转派",
        "already_merged": "已经并入 {into}",
        "already_reported": "这个编号已经上报过：{incident}",
        "already_so": "{mode}现在就是这样，没有改变",
        "ambiguous": "“{incident}”对应多件事件：{numbers}，请输入完整编号",
        "assists_already": "{unit} 的协办单还没有办完，不能再派一次",
        "bad_code": "登记码不对或已经用过，请向市平台再要一个",
        "certificate_expired": "本站点的证书已到期，市平台不再收发；找市级中心",
        "campaign_ended": "这次检查已经结束，不再收回报",
        "campaign_exists": "编号 {campaign} 已用于另一次检查，内容不同",
        "changed_since": "您看到的不是最新情况：{by} 在 {at} 做了“{type}”，请看过再定",
        "chief_answers": "回访结果是不满意，由值班长决定重办或认可",
        "chief_decides": "已被退回 {returns} 次，由值班长决定派给谁",
        "city_cancels": "这是市级的{level}，由市级取消",
        "child_unknown": "并入的 {child} 还没有传到本机，暂不能结案",
        "citys_order": "这是市级下派的 {order}，镇街不能{verb}",
        "city_only": "{verb}由市级的人办理，您在 {node}",
        "town_only": "应急、任务和通知由镇街的席位发出，这里是市级",
        "contested": "有 {pairs} 处争议未决，先由值班长解决，再{verb}",
        "due_needs_chief": "派遣后的时限只有值班长能改",
        "extension_too_late": "处置时限 {until} 已过，延期须在到期之前申请",
        "four_eyes": "{account} 已办过上一环节，这一步须由另一人办理",
        "has_children": "它自己并有 {children} 件，先拆分再并案",
        "key_reused": "这个请求编号用过，内容却不同：{key}",
        "locked_out": "{name} 连续输错密码，{until} 之前不能登录",
        "login_failed": "账号或密码不对",
        "merge_needs_chief": "相距 {metres} 米、相隔 {hours} 小时，"
        "超出受理员的并案范围，请值班长并案",
        "needs_on_behalf": "这是 {unit}{worker} 的事，代为记录请填写代谁、经什么渠道",
        "no_clock_runs": "“{state}”没有正在计时的时限，不能改时限",
        "no_more_extensions": "已延期 {extensions} 次，不能再延",
        "no_more_returns": "已退回 {returns} 次，不能再退，请值班长决定",
        "no_profile": "还没有立案，没有时限可用",
        "no_sub_order": "{unit} 在这件事件上没有协办单",
        "not_contested": "这件事件没有争议",
        "not_dissatisfied": "回访结果不是不满意，不能{verb}",
        "not_filed": "还没有立案，现为“{state}”",
        "not_logged_in": "还没有登录",
        "not_the_worker_named": "核实交给了 {worker}，请由本人反馈",
        "not_supervised": "这件事件没有督办",
        "not_told_off": "{unit} 没有待答复的撤派通知",
        "not_your_order": "这件事件派给了 {unit}，不在您的单位",
        "nothing_stands": "{mode}现在没有生效，不用解除",
        "nothing_asked": "没有待答复的{kind}申请",
        "nothing_left": "两条记录至少保留一条",
        "nothing_to_confirm": "{priority} 的立案不用值班长确认",
        "nothing_to_take": "没有待接手的席位：对方还在，或已被接手",
        "nothing_to_reveal": "{field}没有可以查看的内容",
        "nothing_to_undo": "没有可以撤销的动作，最近一步是“{last}”",
        "notice_not_for_you": "这份通知不是发给您或您的单位的",
        "offline_too_long": "本机的账号表太久没有更新，现在只能上报和补记，不能{verb}",
        "out_of_scope": "不在您的管辖范围（{node}）",
        "place_missing": "有一件没有位置，不能比较远近",
        "protocol": "本机程序与市平台版本不合（本机 {site}，市平台 {hub}），请升级",
        "red_card_open": "红牌督办还没有答复（{until} 前须答复），答复之后才能办这一步",
        "red_needs_leader": "{level}由值班领导或市级下达、取消",
        "reopen_needs_leader": "结案超过 {days} 天，须由值班领导重开",
        "reopen_the_master": "它随主案 {master} 结案，请重开主案",
        "report_not_here_yet": "这件的上报内容还没有传到本机",
        "report_stopped": "已停下，报告没有写",
        "request_lapsed": "{kind}的申请已在 {until} 过期，请重新申请",
        "return_too_late": "已过可退回的时间，请改用转派",
        "role_missing": "{verb}须由{needs}办理，您是{has}",
        "session_over": "登录已过期，请重新登录",
        "site_revoked": "本站点已被市平台停用，市平台不再收发；找市级中心",
        "something_followed": "后面已经有“{type}”，不能再撤销",
        "supervision_answered": "{level}已经答复过；要补充请用补记",
        "sub_state": "{unit} 的协办单“{sub}”，不能{verb}",
        "subs_open": "{units} 的协办还没有反馈或免办，主办单位暂不能反馈或退回",
        "tries_missing": "无法联系须在两天里试 3 次，现在是 {days} 天 {tries} 次",
        "unclassified_needs_chief": "未分类的事件只有值班长能立案",
        "unknown_blob": "照片还没有传到市平台",
        "unknown_campaign": "没有找到检查 {campaign}",
        "unknown_incident": "没有找到事件 {incident}{text}",
        "unknown_notice": "没有找到通知 {notice}",
        "unknown_snapshot": "市平台还没有本辖区的记录，没有快照可取",
        "unknown_task": "网格 {grid} 没有检查 {campaign} 的任务",
        "unknown_thumbnail": "照片的小图还没有传到市平台",
        "unknown_upload": "市平台没有这次上传，或已过期，须从头传",
        "upload_offset": "市平台已收到 {offset} 字节，须从那里接着传",
        "village_may_not": "村（社区）工作站不能{verb}，请镇街办理",
        "visit_required": "{source}的事件必须回访，不能免",
        "writer": "本机的写入身份已被换下（第 {inc} 次），请重新登记",
        "wrong_state": "“{state}”的事件不能{verb}",
    },
)
_BARRED: Final = tr_table(
    "refusal_barred", {"four_eyes": "您或您的单位已办过上一环节，须由另一人办理"}
)
_WORDS: Final = {
    "state": labels.state,
    "verb": labels.verb,
    "type": labels.event,
    "last": labels.event,
    "sub": labels.sub,
    "kind": labels.request,
    "source": labels.source,
    "field": labels.field,
    "mode": town_words.mode,
    "level": labels.supervision,
}


def words(error: BaseException) -> str:
    """Return what happened as one sentence for the operator."""
    match error:
        case Refused():
            return _refused(error.code, error.facts)
        case BadInput():
            return tr("{field}：{said}").format(
                field=labels.field(error.where), said=labels.said_with_verbs(error.what)
            )
        case Offline():
            return tr("市平台连不上；本机照常办理，恢复后自动上传")
        case HubError():
            return tr("市平台的答复不能用：{error}").format(error=error)
        case StoreError():
            return tr("本机库出错，这一步没有记下：{error}").format(error=error)
        case _:
            return tr("程序出错，这一步没有做成：{name}").format(name=type(error).__name__)


def barred(code: str) -> str:
    """Return why an act that is shown is somebody else's."""
    return _BARRED.get(code, code)


def codes() -> frozenset[str]:
    """Return every refusal that has a sentence."""
    return frozenset(_SENTENCES)


def _refused(code: str, facts: Mapping[str, str | int]) -> str:
    said = {name: _fact(name, value) for name, value in facts.items()}
    sentence = _SENTENCES.get(code)
    if sentence is None:
        listed = tr("，").join(f"{name} {value}" for name, value in said.items())
        return tr("不能办理（{code}）{listed}").format(code=code, listed=listed)
    return told(sentence, **said)


def _fact(name: str, value: str | int) -> str:
    if isinstance(value, int):
        stamp = name in {"at", "until"}
        return times.minute(value, value) if stamp else str(value)
    if name in {"needs", "has"}:
        return tr("、").join(labels.role(each) for each in value.split("/"))
    word = _WORDS.get(name)
    return word(value) if word else value
