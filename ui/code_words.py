"""The codes of the field in Chinese words, one table a kind of code; `ui.labels` looks them up."""

from collections.abc import Mapping
from typing import Final

from dispatch.advice.at_hand import Help
from dispatch.desk.views import WorkerStatus
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Finding,
    Level,
    Light,
    Priority,
    ReturnReason,
    Reward,
    Role,
    Source,
    Stage,
    Supervision,
)
from dispatch.domain.command import Verb
from dispatch.reports import code_words
from ui.tongue import tr, tr_table

STATES: Final[Mapping[str, str]] = tr_table("states", code_words.STATES)
STAGES: Final[Mapping[str, str]] = tr_table(
    "stages",
    {
        Stage.ACCEPT: "受理",
        Stage.VERIFY: "核实",
        Stage.DISPATCH: "派遣",
        Stage.SIGN_IN: "签收",
        Stage.FIRST_ANSWER: "首次到场",
        Stage.DISPOSAL: "处置",
        Stage.CHECK: "核查",
        Stage.VISIT: "回访",
        Stage.CLOSE: "结案",
        Stage.REVIEW: "复查",
        Stage.CITY: "市级办理",
    },
)
ROLES: Final[Mapping[str, str]] = tr_table(
    "roles",
    {
        Role.CLERK: "受理员",
        Role.DISPATCHER: "派遣员",
        Role.CHIEF: "值班长",
        Role.LEADER: "值班领导",
        Role.INSPECTOR: "核查员",
        Role.SUPERVISOR: "督办员",
        Role.STATION: "工作站",
        Role.UNIT: "处置单位",
        Role.WORKER: "网格员",
        Role.PATROL: "机动巡查",
        Role.ADMIN: "系统管理员",
        Role.SECURITY: "安全管理员",
        Role.AUDITOR: "审计管理员",
    },
)
SOURCES: Final[Mapping[str, str]] = tr_table(
    "sources",
    {
        Source.WORKER: "网格员上报",
        Source.PATROL: "巡查队上报",
        Source.STATION: "工作站上报",
        Source.CITIZEN: "市民上报",
        Source.HOTLINE: "热线转办",
        Source.POLICE: "公安转办",
        Source.CITY: "市级下派",
        Source.RESIDENCY: "入格部门",
        Source.DEPARTMENT: "部门上报",
    },
)
PRIORITIES: Final[Mapping[str, str]] = tr_table(
    "priorities",
    {
        Priority.P1: "紧急",
        Priority.P2: "重要",
        Priority.P3: "一般",
    },
)
LIGHTS: Final[Mapping[str, str]] = tr_table(
    "lights",
    {
        Light.GREEN: "时限内",
        Light.YELLOW: "将到时",
        Light.RED: "超时",
        Light.NONE: "不计时",
    },
)
RETURN_REASONS: Final[Mapping[str, str]] = tr_table(
    "return_reasons",
    {
        ReturnReason.NOT_OURS: "不属本单位",
        ReturnReason.WRONG_PLACE: "地点不符",
        ReturnReason.EVIDENCE: "材料不足",
    },
)
FINDINGS: Final[Mapping[str, str]] = tr_table(
    "findings",
    {
        Finding.TRUE: "属实",
        Finding.FALSE: "不属实",
        Finding.ABSENT: "未发现",
    },
)
CHANNELS: Final[Mapping[str, str]] = tr_table(
    "channels",
    {
        Channel.PHONE: "电话",
        Channel.VISIT: "上门",
        Channel.MESSAGE: "短信",
    },
)
SUPERVISIONS: Final[Mapping[str, str]] = tr_table(
    "supervisions",
    {
        Supervision.NORMAL: "督办",
        Supervision.YELLOW: "黄牌督办",
        Supervision.RED: "红牌督办",
    },
)
BULLETINS: Final[Mapping[str, str]] = tr_table(
    "bulletins",
    {
        BulletinPart.FIRST: "首报",
        BulletinPart.FOLLOW: "续报",
        BulletinPart.FINAL: "终报",
    },
)
REWARDS: Final[Mapping[str, str]] = tr_table(
    "rewards",
    {
        Reward.CITIZEN: "人人拍奖励",
        Reward.WHISTLE: "吹哨奖励",
        Reward.NONE: "不予奖励",
    },
)
BULLETIN_WAYS: Final[Mapping[str, str]] = tr_table(
    "bulletin_ways", {Channel.PHONE: "电话", Channel.MESSAGE: "书面"}
)
SUPERVISION_REASONS: Final[Mapping[str, str]] = tr_table(
    "supervision_reasons",
    {
        "over": "已超时",
        "far_over": "超时过半",
        "again_and_again": "多次退回或返工",
    },
)
EXTENSIONS: Final[Mapping[str, str]] = tr_table(
    "extensions",
    {
        "none": "未申请",
        "asked": "审核中，待值班长",
        "endorsed": "审核中，待值班领导",
        "granted": "同意",
        "denied": "不同意",
        "lapsed": "已失效",
    },
)
LEVELS: Final[Mapping[str, str]] = tr_table(
    "levels",
    {
        Level.CITY: "市级",
        Level.TOWN: "镇街",
        Level.VILLAGE: "村(社区)工作站",
        Level.GRID: "网格",
        Level.DEPARTMENT: "部门",
        Level.SQUAD: "机动队",
    },
)
WORKERS: Final[Mapping[str, str]] = tr_table(
    "workers",
    {
        WorkerStatus.OFF: "下班",
        WorkerStatus.ON_DUTY: "在岗",
        WorkerStatus.PATROL: "巡查",
        WorkerStatus.ASSIGNED: "已派",
        WorkerStatus.EN_ROUTE: "在途",
        WorkerStatus.ON_SCENE: "到场",
        WorkerStatus.SILENT: "失联",
    },
)
VERBS: Final[Mapping[str, str]] = tr_table(
    "verbs",
    {
        Verb.REPORT: "上报",
        Verb.SELF_HANDLED: "自办结",
        Verb.ASK_VERIFY: "要求核实",
        Verb.VERIFY: "核实反馈",
        Verb.FILE: "立案",
        Verb.CONFIRM: "确认立案",
        Verb.UNFILE: "撤销立案",
        Verb.ASK_REFUSE: "申请不予受理",
        Verb.GRANT_REFUSE: "同意不予受理",
        Verb.DENY_REFUSE: "不同意不予受理",
        Verb.RESTORE: "恢复",
        Verb.RECORD_ONLY: "备案",
        Verb.DISPATCH: "派遣",
        Verb.STAND_DOWN: "撤销派遣",
        Verb.SIGN: "签收",
        Verb.UNSIGN: "撤销签收",
        Verb.RETURN: "退回",
        Verb.REASSIGN: "转派",
        Verb.ASK_EXTENSION: "申请延期",
        Verb.GRANT_EXTENSION: "同意延期",
        Verb.DENY_EXTENSION: "不同意延期",
        Verb.ASK_HOLD: "申请挂起",
        Verb.GRANT_HOLD: "同意挂起",
        Verb.DENY_HOLD: "不同意挂起",
        Verb.RESUME: "恢复处置",
        Verb.FEEDBACK: "处置反馈",
        Verb.WITHDRAW: "撤回反馈",
        Verb.INSPECT: "现场核查",
        Verb.INSPECT_PASS: "核查通过",
        Verb.INSPECT_FAIL: "核查不通过",
        Verb.RECHECK: "重新核查",
        Verb.CALL_TRIED: "回访未通",
        Verb.CALL_BACK: "回访",
        Verb.ACCEPT: "认可不满意",
        Verb.REDO: "不满意重办",
        Verb.CLOSE: "结案",
        Verb.REOPEN: "重开",
        Verb.MERGE: "并案",
        Verb.SPLIT: "拆分",
        Verb.ASK_VOID: "申请作废",
        Verb.GRANT_VOID: "同意作废",
        Verb.DENY_VOID: "不同意作废",
        Verb.SUPERVISE: "督办",
        Verb.REPLY_SUPERVISION: "答复督办",
        Verb.CANCEL_SUPERVISION: "取消督办",
        Verb.INSTRUCT: "批示",
        Verb.INFORM: "信息报告",
        Verb.TELL: "告知上报人",
        Verb.REWARD: "奖励决定",
        Verb.JOINT: "联合处置",
        Verb.SUB_SIGN: "协办签收",
        Verb.SUB_ARRIVE: "协办到达",
        Verb.SUB_FEEDBACK: "协办反馈",
        Verb.SUB_RETURN: "协办退回",
        Verb.SUB_EXCUSE: "免协办",
        Verb.ASK_ESCALATION: "申请上报市级",
        Verb.GRANT_ESCALATION: "同意上报市级",
        Verb.DENY_ESCALATION: "不同意上报市级",
        Verb.CITY_ASSIGN: "市级下派",
        Verb.CITY_RETURN: "市级退回",
        Verb.CITY_DONE: "市级办结",
        Verb.CORRECT: "更正",
        Verb.ARRIVE: "到达",
        Verb.NOTE: "补记",
        Verb.RESOLVE: "解决争议",
        Verb.ANSWER_STAND_DOWN: "答复撤派",
    },
)
SUBS: Final[Mapping[str, str]] = tr_table("subs", code_words.SUB_STATES)
ADVICE_ROLES: Final[Mapping[str, str]] = tr_table(
    "advice_roles",
    {
        "lead": "主办",
        "main": "主办",
        "assist": "协助",
        "scene": "到场",
    },
)
HELPS: Final[Mapping[str, str]] = tr_table(
    "helps",
    {
        Help.WORKER: "网格员",
        Help.DUTY_POINT: "值守点",
        Help.CAMERA: "摄像头",
        Help.HYDRANT: "消火栓",
    },
)
ADVICE_REASONS: Final[Mapping[str, str]] = tr_table(
    "advice_reasons",
    {
        "responsible": "本事项主办单位",
        "own_village": "本村",
        "near": "距离近",
        "busy": "手上有单",
    },
)
STEPS: Final = (tr("发现上报"), tr("分类推送"), tr("协调处理"), tr("跟踪回访"), tr("评价结案"))
GRADES: Final = (tr("非常满意"), tr("满意"), tr("基本满意"), tr("不满意"), tr("非常不满意"))
