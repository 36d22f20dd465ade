/** More different messages than an outage has: beyond that the oldest are forgotten. */
const MOST_KEPT = 100;

/** Says the same thing at most once in `everyMs` of real time: while a server is away every poll of every queue complains of it. */
export function rarely(say: (message: string) => void, everyMs = 10_000): (message: string) => void {
  const said = new Map<string, number>();
  return (message) => {
    const now = performance.now();
    if (now < (said.get(message) ?? Number.NEGATIVE_INFINITY) + everyMs) return;
    said.delete(message);
    said.set(message, now);
    if (said.size > MOST_KEPT) said.delete(said.keys().next().value ?? '');
    say(message);
  };
}
