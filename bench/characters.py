"""Which keys and characters people take for one another: lists only."""

from __future__ import annotations

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # a QWERTY keyboard, each row half a key further to the right


def _list_neighbours() -> dict[str, str]:
    """Return the keys that touch each letter's key: left and right, and two in each row above and below."""
    places = {letter: (row, column) for row, keys in enumerate(ROWS) for column, letter in enumerate(keys)}
    steps = ((0, -1), (0, 1), (-1, 0), (-1, 1), (1, -1), (1, 0))
    letters = {place: letter for letter, place in places.items()}
    return {
        letter: "".join(letters.get((row + down, column + right), "") for down, right in steps)
        for letter, (row, column) in places.items()
    }


NEIGHBOURS = _list_neighbours()
"""The neighbours of each lower-case letter: "s" -> "adwezx"."""

COMMON = (
    "的一是了我人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学"
    "么之都好看起发当成只如事把还用第样道想作种开美总从情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因"
    "很给名法间知世什两次使身者被高已亲其进此话常与活正感见明问力理点文几定本公特做外孩相西果走将月十实向声车全信重"
    "三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望"
    "教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃"
    "变通师立象数四失满战远格士音轻目条呢黎历立丽县现限显宪社射摄蛇背被倍北辈帮榜棒订顶丁盯香响想象项向奇齐其棋骑及"
    "级急集极集升声生圣胜省求球秋囚久旧就救错措挫勿物悟雾误城程承诚乘供恭宫弓公功攻贡权全泉拳线县献鲜先仙参餐残惨"
    "书树术属输叔熟蜀福府付复负妇附富服务屋午五舞伍清情晴轻倾请青换环还欢患缓幻依伊衣医移易议艺亿赖来莱接街节姐借"
    "结解点电店典垫深身伸申神审甚度独读毒肚渡建件见间健简检箭固故顾古股骨谷蓝兰篮栏烂牙压鸭亚雅望忘旺亡网往王路录"
    "陆鹿露邮游油有友右又箱乡响消小校笑晓效息西希习喜系中钟终种众重心新辛欣查茶差察插询寻训讯迅找照招赵兆存村寸同"
    "通统痛童意义易艺受收手首守拒具句据巨距绝决觉掘撤车扯彻取去区曲趣管关官馆冠惯理里礼立利力元员圆远园院目木幕墓"
    "标表彪录路态太台抬状装撞壮模磨摩魔默式是事市试钥要药耀摇密蜜秘米证正政整争认人任忍授寿瘦瓶苹评萍端短段断崩蹦"
)
"""Common characters, and common ones that sound like words of the trade; none is a negator."""

LOOKALIKES = (
    "己已 巳已 人入 天夫 土士 日曰 请清 情清 请情 绑梆 锁琐 钥钧 户尸 号另 线钱 线浅 线纤 离禽 离漓 期欺 "
    "过讨 失矢 权杈 限根 限恨 参叁 数敷 数教 传侍 接按 接妾 服报 务各 器嚣 错借 误娱 超赵 令今 牌碑 调凋 "
    "用甩 用角 返近 回固 成戍 成戌 功巧 功切 功攻 异弄 常尝 分兮 享亨 场扬 场汤 景影 触独 发友 发拔 动劫 "
    "作诈 作昨 属厉 性姓 循盾 环坏 环怀 依衣 赖籁 节芦 点占 深探 度渡 层屋 列例 列刑 表衷 固因 固团 件仵 "
    "升井 升开 级极 级圾 版板 本木 本术 进迸 蓝篮 牙芽 网冈 关美 路跆 由田 中申 电申 电甩 机杌 手毛 邮油 "
    "箱葙 消削 消清 查杳 询徇 找我 到倒 到致 同洞 同回 意竟 受爱 拒柜 绝艳 被披 撤撒 取职 重量 复夏 管菅 "
    "理埋 员贝 主王 主玉 目且 标际 标杯 登澄 态恋 状壮 模摸 式试 密蜜 证征 认队 授援 平乎 台合 台古 云去 "
    "端瑞 挂桂 宕宥 填慎 值植 空穷 字宇 符苻 类娄 枚枝 举誉 业亚 频颁 繁敏 流硫 太大 太犬 多夕 少小 次欠 "
    "个介 量童 操澡 控腔 制刷 家冢 庭廷 邀激 对村 方万 好奸 记纪 备奋 设投 存荐 在右 掉棹 断渐 请诸 求球 "
    "产严 品晶 验险 签答 名各 账胀 帐胀 邻领 领颁 格洛 型刑 输愉 输榆 执抓 抓爪 码吗 码玛 问间 闭闲 开幵 "
    "启后 向问 蹦崩 崩绷 循徇 络洛 落络 载裁 析折 折拆 慢漫 待侍 特持 侯候 贷货 买卖 师帅 乌鸟 拔拨 采彩 "
    "辩辨 遗遣 竞竟 味昧 喝渴"
)
"""Pairs of characters that look alike, either of which may be taken for the other."""


def list_lookalikes() -> dict[str, str]:
    """Return the characters that look like each one: "线" -> "钱浅纤"."""
    found: dict[str, dict[str, None]] = {}
    for one, other in map(tuple, LOOKALIKES.split()):
        found.setdefault(one, {})[other] = None
        found.setdefault(other, {})[one] = None
    return {one: "".join(others) for one, others in found.items()}
