/** The named points at which a test may kill a process. */
export const CRASH_POINTS = [
  'before-commit', 'after-commit', 'after-publish', 'before-effect', 'after-effect', 'before-done',
  'before-mark', 'after-mark', 'before-file', 'after-file',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

const armed = new Set<CrashPoint>();

/** Arms one point for this process. Only a configuration in demo mode may call this. */
export function armCrash(point: CrashPoint): void {
  armed.add(point);
}

/** Kills the process here, without a farewell, when the point is armed: what a power cut would do. */
export function crashPoint(point: CrashPoint): void {
  if (armed.delete(point)) process.kill(process.pid, 'SIGKILL');
}
