import { XmlElement } from 'libxml2-wasm';

/** An element of a bank file, of which only named parts are looked at. Elements of other namespaces are not there. */
export class Part {
  readonly #parts = new Map<string, readonly Part[]>();
  #elements: ReadonlyMap<string, readonly XmlElement[]> | null = null;

  constructor(private readonly element: XmlElement, private readonly namespace: string) {}

  /** All parts of a name. */
  all(name: string): readonly Part[] {
    const known = this.#parts.get(name);
    if (known !== undefined) return known;
    // Asking for a namespace costs more than all the rest: only those that somebody wants are asked.
    const found = (this.#read().get(name) ?? []).filter((element) => element.namespaceUri === this.namespace).map((element) => new Part(element, this.namespace));
    this.#parts.set(name, found);
    return found;
  }

  /** The parts of a name one by one, each forgotten once it has been looked at: a file has thousands of entries. */
  *each(name: string): Generator<Part> {
    for (let node = this.element.firstChild; node !== null; node = node.next) {
      if (node instanceof XmlElement && node.name === name && node.namespaceUri === this.namespace) yield new Part(node, this.namespace);
    }
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

  #read(): ReadonlyMap<string, readonly XmlElement[]> {
    if (this.#elements !== null) return this.#elements;
    const elements = new Map<string, XmlElement[]>();
    for (let node = this.element.firstChild; node !== null; node = node.next) {
      if (!(node instanceof XmlElement)) continue;
      const { name } = node;
      const known = elements.get(name);
      if (known === undefined) elements.set(name, [node]);
      else known.push(node);
    }
    this.#elements = elements;
    return elements;
  }
}
