package io.parley.client;

/** Which messages of a range are taken, when there are more than asked for. They always come oldest first. */
public enum AVIMMessageQueryDirection {
    /** The newest. */
    AVIMMessageQueryDirectionFromNewToOld,
    /** The oldest. */
    AVIMMessageQueryDirectionFromOldToNew
}
