"""Words that say nothing about what is asked."""

from __future__ import annotations

import re

#: English words that are neither indexed nor asked for.
STOP = frozenset(
    re.findall(
        r"\w+",
        "a about an and are as at be been but by can could did do does for from had has have he how i if in into is it "
        "its may me my not now of on or our s she should so t than that the their them then there these they this "
        "to us was we were what when where which who why will with would you your",
    )
)

#: Words of a spoken question, put before, between and after what is meant; the longest is taken first.
SPOKEN = re.findall(
    r"\w+",
    "怎么办 怎么样 怎么做 怎么 怎样 如何 为什么 为啥 什么样 什么 请问 有没有 能不能 可不可以 可以 能否 "
    "是不是 是否 我们 咱们 你们 他们 别人 人家 我 你 吗 呢 吧 啊 呀 的 了 应该 应当 这个 那个 这样 那样 "
    "哪些 哪里 哪个 一下 学学 看看 想学 想问 想知道 告诉 介绍 例子 做法 案例 老是 总是 起来 出来 下来 "
    "please tell show know want need get keep keeps make makes find look example examples case cases",
)
