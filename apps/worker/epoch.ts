/** The epoch of an alarm: the queue's present data, and the installation's present count of rebuildings. Another of either, and it is to be published again. */
export const alarmEpoch = (queueEpoch: string, wakeUps: number | null): string => `${queueEpoch}.${wakeUps ?? 0}`;

/** Whether an alarm of that epoch may still lie in the queue's present data. */
export const isOfQueue = (epoch: string, queueEpoch: string): boolean => epoch.startsWith(`${queueEpoch}.`);
