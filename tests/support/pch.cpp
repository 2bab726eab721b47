// Empty: the target of this source only carries the precompiled header that the tests share.
