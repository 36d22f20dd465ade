import { definitionHash, lint, machineOf, type Programme } from '#kernel';

/** The programmes of an installation by id and version. Refuses to exist when one of them contradicts itself. */
export class Programmes {
  readonly list: readonly Programme[];
  private readonly hashes = new Map<string, string>();

  constructor(list: readonly Programme[]) {
    this.list = list;
    for (const programme of list) {
      const findings = lint(programme);
      if (findings.length > 0) throw new Error(`programme ${programme.id} version ${programme.version} may not run:\n${findings.join('\n')}`);
      for (const [name, { lifecycle }] of Object.entries(programme.machines)) this.hashes.set(keyOf(programme, name), definitionHash(lifecycle));
    }
  }

  /** The newest version of a programme, or undefined. */
  current(id: string): Programme | undefined {
    return this.list.filter((programme) => programme.id === id).toSorted((a, b) => b.version - a.version)[0];
  }

  /** The version a case lives under. Throws when it is no longer loadable: the case waits as an exception, it is not guessed. */
  pinned(id: string, version: number): Programme {
    const found = this.list.find((programme) => programme.id === id && programme.version === version);
    if (!found) throw new Error(`programme ${id} version ${version} is not loaded`);
    return found;
  }

  /** The same for words only, never for a move: where that version is no longer loaded, the newest one speaks for it. */
  speaking(id: string, version: number): Programme {
    return this.list.find((programme) => programme.id === id && programme.version === version) ?? this.current(id) ?? this.pinned(id, version);
  }

  /** The fingerprint of a machine as it runs here. */
  hash(programme: Programme, machine: string): string {
    machineOf(programme, machine);
    return this.hashes.get(keyOf(programme, machine)) as string;
  }
}

const keyOf = ({ id, version }: Programme, machine: string) => `${id}/${version}/${machine}`;
