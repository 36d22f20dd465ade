import { expect } from '@jest/globals';
import { EXIT, run } from '#apps/ctl';
import type { Office } from './office.ts';

/** What a command has said, and how it ended. */
interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line at an office: in German, or in English where `ENGLISH` follows. */
export class CommandLine {
  constructor(readonly office: () => Office) {}

  async try(...args: readonly string[]): Promise<Said> {
    const said = { out: [] as string[], err: [] as string[] };
    const code = await run([...args, '--api', this.office().client.base], { environment: {}, out: (text) => void said.out.push(text), err: (text) => void said.err.push(text) });
    return { code, out: said.out.join('\n'), err: said.err.join('\n') };
  }

  /** A command that must be done. */
  async done(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await this.try(...args);
    if (code !== EXIT.done) throw new Error(`ctl ${args.join(' ')} → ${code}: ${err}`);
    return out;
  }

  /** A command that must be refused. */
  async refused(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await this.try(...args);
    expect([args, code, out]).toEqual([args, EXIT.refused, '']);
    return err;
  }
}

export const ENGLISH = ['--language', 'en'] as const;
