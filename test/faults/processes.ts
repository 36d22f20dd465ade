import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '#test/ground';

/** Without V8's helper threads a process costs a fifth less to start; most of these live too short to miss them. */
const SHORT_LIVED = ['--no-warnings', '--single-threaded'];

/** npm and Jest both run in the project's folder, wherever this file was built to. */
const root = process.cwd();

/** What each program says once it serves. */
const READY = { api: 'the API is ready', worker: 'the worker is ready', standalone: 'Ctrl-C stops it' } as const;

export type App = keyof typeof READY;

/** A process of the installation, as far as it has spoken. */
export interface Running {
  readonly pid: number;
  readonly said: () => string;
  /** Resolves when it serves; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the signal that ended it, or null when it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  readonly alive: () => boolean;
  /** What a power cut does. */
  readonly kill: () => Promise<void>;
}

/** The processes that a test file has started; none of them outlives it. */
export class Processes {
  readonly #children = new Set<ChildProcess>();

  /** Starts a program as `npm start` builds it, in an environment of its own. */
  start(app: App, environment: { readonly [name: string]: string }): Running {
    return this.run(app, [join(root, 'dist', 'apps', app, 'main.js')], environment, READY[app]);
  }

  /** Starts any program of Node; `greeting` is what it says once it serves. */
  run(name: string, args: readonly string[], environment: { readonly [name: string]: string }, greeting: string): Running {
    const child = spawn(process.execPath, [...SHORT_LIVED, ...args], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.add(child);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    const said = (): string => chunks.join('');
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const ended = once(child, 'exit').then(([, signal]) => {
      this.#children.delete(child);
      return signal as NodeJS.Signals | null;
    });
    const ready = eventually(`the ${name} serves`, () => {
      const serves = said().includes(greeting);
      if (!serves && hasEnded()) throw new Error(`the ${name} ended before it served: ${said()}`);
      return serves;
    }, 60);
    // Whoever starts a process that is to die at once does not wait for it to serve.
    ready.catch(() => undefined);
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    };
    return { pid: child.pid ?? 0, said, ready, ended, alive: () => !hasEnded(), kill };
  }

  get anyAlive(): boolean {
    return this.#children.size > 0;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.#children].map(async (child) => {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
    }));
  }
}
