import { XmlElement } from 'libxml2-wasm';

/** An element of a bank file, of which only named parts are looked at. Elements of other namespaces are not there. */
export class Part {
  #parts: ReadonlyMap<string, readonly Part[]> | null = null;

  constructor(private readonly element: XmlElement, private readonly namespace: string) {}

  /** All parts of a name. */
  all(name: string): readonly Part[] {
    this.#parts ??= this.#read();
    return this.#parts.get(name) ?? [];
  }

  /** The first part along a path, or null. */
  one(...path: readonly string[]): Part | null {
    return path.reduce<Part | null>((part, name) => part?.all(name)[0] ?? null, this);
  }

  /** The words at the end of a path, blanks tidied; null where there are none, or more than `longest` characters. */
  text(longest: number, ...path: readonly string[]): string | null {
    const words = this.one(...path)?.element.content.trim().replace(/\s+/g, ' ') ?? '';
    return words === '' || words.length > longest ? null : words;
  }

  attribute(name: string): string | null {
    return this.element.attr(name)?.content ?? null;
  }

  #read(): ReadonlyMap<string, readonly Part[]> {
    const parts = new Map<string, Part[]>();
    for (let node = this.element.firstChild; node !== null; node = node.next) {
      if (!(node instanceof XmlElement) || node.namespaceUri !== this.namespace) continue;
      const part = new Part(node, this.namespace);
      const known = parts.get(node.name);
      if (known === undefined) parts.set(node.name, [part]);
      else known.push(part);
    }
    return parts;
  }
}
