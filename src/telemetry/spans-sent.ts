/** Spans of this process that its collector took, and those that were given up. */
export const spansSent = { sent: 0, lost: 0 };
