"""The words of the generated packs, the commonest first; English and Chinese side by side.

Data for large_pack.py only. No two faults mean the same, so that every generated question has one answer.
"""

from __future__ import annotations

from typing import NamedTuple

Word = tuple[str, str]
"""One thing in English and in Chinese."""


class Fault(NamedTuple):
    """How one fault is said in each language: as a message says it, then as people do."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


def _read_words(lines: str) -> tuple[Word, ...]:
    pairs = (line.split("=") for line in lines.split("\n") if line.strip())
    return tuple((english.strip(), chinese.strip()) for english, chinese in pairs)


def _read_faults(lines: str) -> tuple[Fault, ...]:
    pairs = (line.split("=") for line in lines.split("\n") if line.strip())
    return tuple(
        Fault(*(tuple(said.strip() for said in side.split("/")) for side in (english, chinese)))
        for english, chinese in pairs
    )


PLACES = _read_words("""
main = 主
backup = 备用
remote = 远程
local = 本地
edge = 边缘
internal = 内部
external = 外部
virtual = 虚拟
regional = 区域
central = 中央
front = 前端
rear = 后端
indoor = 室内
outdoor = 室外
upper = 上层
lower = 下层
north = 北区
south = 南区
mobile = 移动
wireless = 无线
wired = 有线
portable = 便携
rooftop = 屋顶
basement = 地下室
temporary = 临时
""")

COMPONENTS = _read_words("""
server = 服务器
gateway = 网关
controller = 控制器
sensor = 传感器
database = 数据库
router = 路由器
camera = 摄像头
printer = 打印机
scheduler = 调度器
storage pool = 存储池
load balancer = 负载均衡
message queue = 消息队列
payment terminal = 支付终端
pump = 水泵
inverter = 逆变器
elevator = 电梯
scanner = 扫描仪
compressor = 压缩机
firewall = 防火墙
repeater = 中继器
thermostat = 温控器
conveyor = 传送带
charging pile = 充电桩
turnstile = 闸机
vending machine = 售货机
smart meter = 智能电表
barrier gate = 道闸
boiler = 锅炉
robot arm = 机械臂
tape library = 磁带库
crawler = 爬虫
mail relay = 邮件中转
name server = 域名服务
proxy = 代理
hypervisor = 虚拟机管理器
container = 容器
build agent = 构建节点
file share = 文件共享
backup vault = 备份仓库
billing engine = 计费引擎
search cluster = 搜索集群
stream processor = 流处理器
recommender = 推荐引擎
warehouse crane = 堆垛机
weighbridge = 地磅
labeller = 贴标机
mixer = 搅拌机
centrifuge = 离心机
incubator = 培养箱
ventilator = 呼吸机
infusion pump = 输液泵
telescope = 望远镜
radar = 雷达
transponder = 应答器
beacon = 信标
buoy = 浮标
drone = 无人机
parking kiosk = 停车缴费机
ticket validator = 检票机
display wall = 显示墙
projector = 投影仪
intercom = 对讲机
doorbell = 门铃
sprinkler = 喷淋头
smoke detector = 烟雾探测器
dehumidifier = 除湿机
air purifier = 空气净化器
dishwasher = 洗碗机
coffee machine = 咖啡机
treadmill = 跑步机
massage chair = 按摩椅
pet feeder = 喂食器
aquarium heater = 鱼缸加热棒
greenhouse vent = 温室通风窗
milking robot = 挤奶机器人
grain dryer = 粮食烘干机
""")

PARTS = _read_words("""
session = 会话
certificate = 证书
configuration = 配置
connection = 连接
password = 密码
license = 许可证
firmware = 固件
cache = 缓存
index = 索引
token = 令牌
channel = 通道
schedule = 计划
snapshot = 快照
partition = 分区
battery = 电池
fan = 风扇
motor = 电机
valve = 阀门
template = 模板
quota = 配额
invoice = 发票
coupon = 优惠券
order = 订单
shipment = 货运单
signature = 签名
checksum = 校验和
heartbeat = 心跳
timestamp = 时间戳
interface = 接口
port = 端口
queue = 队列
thread = 线程
transaction = 事务
replica = 副本
cursor = 游标
schema = 模式
trigger = 触发器
webhook = 回调
attachment = 附件
thumbnail = 缩略图
subtitle = 字幕
playlist = 播放列表
calendar = 日历
contact = 联系人
voicemail = 语音信箱
fingerprint = 指纹
key card = 门卡
antenna = 天线
lens = 镜头
display = 显示屏
keypad = 键盘
relay = 继电器
fuse = 保险丝
coolant = 冷却液
filter = 滤芯
cartridge = 墨盒
gearbox = 变速箱
brake = 刹车
spindle = 主轴
nozzle = 喷嘴
hopper = 料斗
belt = 皮带
encoder = 编码器
limit switch = 限位开关
pressure gauge = 压力表
flow meter = 流量计
membrane = 隔膜
gasket = 垫圈
""")

FAULTS = _read_faults("""
timed out / took far too long / gave no reply in time = 超时 / 等太久都没反应 / 迟迟没有响应
is not found / could not be located / seems to be missing = 未找到 / 找不到了 / 好像丢了
has expired / is out of date / ran past its end date = 已过期 / 过期了 / 超过有效期了
is invalid / does not pass as valid / was judged malformed = 无效 / 不合法 / 被判为不正确
was refused / got turned away / was rejected = 被拒绝 / 给拒了 / 不让通过
is full / has no room left / reached its capacity = 已满 / 装不下了 / 没有空间了
is locked / stays locked / was locked by someone = 已锁定 / 被锁住了 / 一直锁着
is corrupted / is damaged inside / holds garbage = 已损坏 / 里面坏掉了 / 内容是乱的
is duplicated / exists twice / was created a second time = 重复 / 有两份一样的 / 被建了两次
overheated / is running too hot / got above its temperature limit = 过热 / 温度太高了 / 烫得不行
is disconnected / lost its link / dropped its line = 已断开 / 断掉了 / 掉线断连了
version mismatch / has the wrong version / differs in version = 版本不匹配 / 版本对不上 / 版本不一样
is busy / is occupied by something else / has its hands full = 忙 / 被别的占着 / 正忙着处理别的
was overwritten / got replaced by mistake / lost its old content = 被覆盖 / 被错误替换了 / 旧内容没了
is disabled / was switched off in the settings / stays deactivated = 已禁用 / 在设置里被关了 / 处于停用
is too large / exceeds the size limit / is bigger than allowed = 过大 / 超过大小限制 / 比允许的大
is too small / falls below the minimum size / is smaller than allowed = 过小 / 低于最小要求 / 比要求的小
voltage too low / gets too little voltage / suffers undervoltage = 电压过低 / 电压不够 / 欠压了
voltage too high / gets too much voltage / suffers overvoltage = 电压过高 / 电压太大 / 过压了
is jammed / got stuck / does not move any more = 卡住 / 卡死了 / 动不了了
leaks / is leaking / loses fluid = 泄漏 / 在漏 / 漏出来了
is blocked / is clogged up / lets nothing through = 堵塞 / 堵住了 / 不通了
vibrates too strongly / shakes a lot / trembles beyond its limit = 振动过大 / 抖得厉害 / 震动超限
failed its self test / did not pass the self test / broke off the self test = 自检失败 / 自检没过 / 自检中断
calibration failed / could not be calibrated / went wrong while calibrating = 校准失败 / 校准不了 / 校准时出错
synchronization failed / could not be synchronized / is out of sync = 同步失败 / 同步不了 / 没同步上
upload failed / could not be uploaded / broke off while uploading = 上传失败 / 传不上去 / 上传中断了
download failed / could not be downloaded / broke off while downloading = 下载失败 / 下不下来 / 下载中断了
upgrade failed / could not be upgraded / broke off during the upgrade = 升级失败 / 升不了级 / 升级中断了
rollback failed / could not be rolled back / stuck in the rollback = 回滚失败 / 回滚不了 / 卡在回滚
decryption failed / could not be decrypted / stayed encrypted = 解密失败 / 解不开密 / 还是密文
has been revoked / was withdrawn by its issuer / got cancelled by it = 已吊销 / 被签发方撤回 / 被机构作废
is read-only / can't be written to / accepts no change = 只读 / 写不进去 / 不让改
rate limit exceeded / is called too often / gets too many calls = 超出频率限制 / 调用太频繁 / 请求太多了
checksum differs / does not match its checksum / has a wrong checksum = 校验不一致 / 校验对不上 / 校验错了
was deleted / has been removed / got erased = 已删除 / 被删掉了 / 让人清掉了
is unreachable / can't be reached / is not within reach = 不可达 / 连不到 / 怎么都访问不到
is not authorized / lacks the permission / has no rights = 未授权 / 没有权限 / 权限不够
is suspended / was put on hold / is paused by the operator = 已暂停 / 被挂起了 / 被运营方停了
wears out / is worn down / reached the end of its life = 磨损 / 磨坏了 / 寿命到头了
""")
