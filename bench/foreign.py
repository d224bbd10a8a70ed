"""Codes of other tables, and numbers that are no codes: templates only. Read by bench/negatives.py.

In a template `{n}` is the number that a documented code may take the place of, `{d}` any two digits.
"""

from __future__ import annotations

TABLES: dict[str, tuple[str, ...]] = {
    "HTTP": (
        "HTTP/1.1 404 Not Found",
        "HTTP/2 503 Service Unavailable",
        "curl: (22) The requested URL returned error: 403 Forbidden",
        'GET /index.html HTTP/1.1" 500 {d}7 Internal Server Error',
        "502 Bad Gateway nginx/1.18.0",
        "418 I'm a teapot",
        "HTTP/1.1 {n}",
    ),
    "errno": (
        "[Errno 2] No such file or directory: '/etc/app.yml'",
        "OSError: [Errno 98] Address already in use",
        "connect ECONNREFUSED 10.0.4.17:{n}",
        "open: ENOENT (2)",
        "write failed: ENOSPC, no space left on the disk",
        "errno 110 ETIMEDOUT",
        "read: EPIPE (32) broken pipe",
    ),
    "SQL": (
        "ERROR 1045 (28000): Access denied for user 'root'@'localhost'",
        "ORA-00942: table or view does not exist",
        "ORA-{n}: an Oracle thing again",
        "SQLSTATE[42S02]: Base table or view not found: 1146",
        "MySQL error 2002 (HY000): Can't connect through the socket",
        'duplicate key violates unique constraint "users_pkey" (23505)',
        "Msg {n}, Level 16, State 1, Line 3",
    ),
    "Windows": (
        "HRESULT 0x80070005 E_ACCESSDENIED",
        "0x80004005 unspecified error",
        "System error 5 has occurred. Access is denied.",
        "WinError 10061: the target machine actively refused it",
        "Windows Update error 0x8024402c",
        "STOP 0x0000007B INACCESSIBLE_BOOT_DEVICE",
        "event id {n}, source Kernel-Power",
    ),
    "SMTP": (
        "550 5.1.1 user unknown",
        "421 4.7.0 try again later, closing connection",
        "554 5.7.1 relay access denied",
        "SMTP 503 bad sequence of commands",
        "smtp reply {n} from mx{d}.example.com",
        "452 4.2.2 the mailbox is full",
    ),
    "others": (
        "pod OOMKilled, exit code 137",
        "gRPC status 14 UNAVAILABLE on the payments service",
        "SIP/2.0 480 Temporarily Unavailable",
        "FTP 530 Login incorrect",
        "TS{n}: Type 'string' is not assignable to type 'number'.",
        "CS{n}: the name 'foo' does not exist in the current context",
        "NU{n} in the NuGet restore",
        "CVE-2024-{n} was published today",
        "KB{n} broke the printers",
        "RFC {n} is worth a read",
        "ISO {n} audit is next week",
        "WeChat Pay returned 268435505",
        "微信支付返回 NOTENOUGH",
        "Oracle 报 ORA-{n}",
        "MySQL 报 1062 主键冲突",
        "微博接口 21332 又来了",
        "Windows 蓝屏 0x0000007E",
        "Zabbix trigger {n} is green again",
    ),
}
"""By table; a line with `{n}` is one whose number may look like a documented code."""

SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "port": (
        ("the proxy listens on port {n} now", "ssh -p {n} admin@bastion"),
        ("代理改成监听 {n} 端口了", "端口号 {n} 记得放行"),
    ),
    "price": (
        ("the new phone costs ${n}", "lunch for the team was {n} EUR"),
        ("新手机 {n} 元", "团建一共花了 {n} 块钱"),
    ),
    "date": (
        ("the release is planned for {n}-01-{d}", "see the minutes of 12/{d}/{n}"),
        ("{n} 年的旧合同找到了", "会议定在 {n}-03-{d}"),
    ),
    "time": (
        ("standup moved to 09:{d}:{d}.{n}", "the batch starts at {n} hours"),
        ("早会改到 09:{d}", "09:{d}:{d}.{n} 开始跑批"),
    ),
    "version": (
        ("we're on v{n}.{d}.1 now", "build 1.0.{n} is on staging"),
        ("现在用的是 v{n}.{d}.1", "1.0.{n} 版已经上预发"),
    ),
    "size": (("the image is {n} MB", "shrunk the bundle by {n} KB"), ("镜像 {n} MB", "包小了 {n} KB")),
    "duration": (
        ("the migration took {n} seconds", "p99 is {n} ms after the fix"),
        ("迁移跑了 {n} 秒", "优化之后 p99 是 {n} 毫秒"),
    ),
    "line": (
        ("look at line {n} of main.py", "UserService.java:{n}"),
        ("看 main.py 第 {n} 行", "改的是第 {n} 行"),
    ),
    "ticket": (("PROJ-{n} is done", "ticket #{n} can be closed"), ("工单 {n} 可以关了", "PROJ-{n} 做完了")),
    "phone": (("call me at +49 30 {n} {d}", "my extension is {n}"), ("分机 {n}", "电话 010-{d}{d}{n}")),
    "percent": (
        ("traffic grew by {n} %", "{n}% of the goal reached"),
        ("流量涨了 {n}%", "完成了目标的 {n} %"),
    ),
    "IP": (
        ("10.0.{d}.{d}:{n} answers again", "the subnet is 172.16.{d}.0/24"),
        ("10.0.{d}.{d}:{n} 又通了", "网段是 172.16.{d}.0/24"),
    ),
    "coordinates": (
        ("the office is at 48.{n}, 11.{d}", "lat 31.{n} lon 121.{d}"),
        ("坐标 31.{n}, 121.{d}", "经度 121.{n}"),
    ),
    "hash": (
        ("commit a{n}f{d}c is in", "sha256 {d}be{n}a1"),
        ("提交 a{n}f{d}c 合进去了", "sha256 是 {d}be{n}a1"),
    ),
    "order": (("order {n} was shipped", "invoice no. {n} is paid"), ("订单 {n} 发货了", "单号 {n} 已签收")),
    "room": (("meeting in room {n}", "flat {n}, second door"), ("{n} 会议室见", "住 {n} 房")),
    "process": (
        ("pid {n} restarted cleanly", "nginx[{n}]: reload done"),
        ("进程 {n} 重启好了", "pid {n} 占内存最多"),
    ),
    "count": (
        ("we have {n} users now", "{n} devices were shipped this month"),
        ("现在有 {n} 个用户", "这个月出货 {n} 台设备"),
    ),
    "temperature": (("the oven reads {n} degrees", "it is {n} K in that lamp"), ("炉温 {n} 度", "色温 {n}K")),
    "postcode": (("zip code {n}", "ship it to {n} Springfield"), ("邮编 {n}00", "邮政编码 {n}{d}")),
    "flight": (
        ("flight LH{n} is on time", "train ICE {n} from Berlin"),
        ("航班 CA{n} 准点", "坐 G{n} 次高铁过来"),
    ),
    "page": (("see page {n} of the manual", "chapter {d}, page {n}"), ("见手册第 {n} 页", "翻到 {n} 页")),
    "score": (("my chess rating is {n}", "high score: {n} points"), ("跑分 {n}", "最高分 {n} 分")),
    "pull request": (("PR #{n} needs a review", "merged !{n} into main"), ("PR #{n} 求审核", "合并了 !{n}")),
    "serial": (("serial number SN{n}{d}{d}", "part AX-{n}-B"), ("序列号 SN{n}{d}{d}", "物料 AX-{n}-B")),
    "colour": (
        ("the button should be #{n}{d}", "use RAL {n} for the case"),
        ("按钮颜色用 #{n}{d}", "外壳用 RAL {n}"),
    ),
    "speed": (("the fan spins at {n} rpm", "the link does {n} Mbit/s"), ("风扇 {n} 转", "带宽 {n} Mbps")),
    "stock": (("shares closed at {n}.{d}", "index at {n} points"), ("收盘 {n}.{d}", "大盘 {n} 点")),
    "distance": (
        ("the warehouse is {n} km away", "cable length {n} cm"),
        ("仓库离这 {n} 公里", "线长 {n} 厘米"),
    ),
    "password": (
        ("the door pin is {n}", "your one-time code: {n}{d}"),
        ("门禁密码 {n}", "验证码 {n}{d}，请勿泄露"),
    ),
    "weight": (("the pallet weighs {n} kg", "{n} g of coffee left"), ("这托货 {n} 公斤", "还剩 {n} 克咖啡")),
    "rate": (
        ("we run {n} requests per second", "about {n} messages a day"),
        ("每秒 {n} 次请求", "一天大约 {n} 条消息"),
    ),
    "UUID": (
        ("trace 7f{n}aa-4b{d}-9c{d}", "id {d}e{n}-aa{d}"),
        ("链路 7f{n}aa-4b{d}-9c{d}", "编号 {d}e{n}-aa{d}"),
    ),
    "licence plate": (("the van is M-AB {n}", "bus {n} stops here"), ("货车车牌 沪A{d}{n}", "坐 {n} 路公交")),
}
"""By shape: English templates, then Chinese ones."""
