import { Injectable } from '@nestjs/common';
import { Programmes } from '#cases';
import type { Text } from '#kernel';

/** A kind of letters that people may do without. */
export interface OptionalKind {
  readonly kind: string;
  readonly title?: Text;
}

/** The kinds of letters of all programmes, each at its newest version, and which of them people may do without. */
@Injectable()
export class LetterKinds {
  readonly optional: readonly OptionalKind[];
  readonly #known: ReadonlySet<string>;

  constructor(programmes: Programmes) {
    const newest = [...new Set(programmes.list.map(({ id }) => id))].flatMap((id) => programmes.current(id) ?? []);
    const letters = newest.flatMap(({ machines }) => Object.values(machines)).flatMap((machine) => Object.entries(machine.letters));
    const optional = new Map(letters.filter(([, letter]) => letter.optional).map(([kind, { title }]) => [kind, { kind, ...(title && { title }) }]));
    this.optional = [...optional.values()];
    this.#known = new Set(letters.map(([kind]) => kind));
  }

  /** Whether a programme sends letters of this kind. */
  knows(kind: string): boolean {
    return this.#known.has(kind);
  }

  /** What people call a kind: its title, or its name while a mail of an older version is still about. */
  titleOf(kind: string): Text {
    return this.optional.find((each) => each.kind === kind)?.title ?? { de: kind, en: kind };
  }
}
