import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Injectable } from '@nestjs/common';
import type { CaseView } from '#cases';
import type { Mark, MachineDefinition } from '#kernel';
import type { Language } from './request.ts';

/** What a drawing shows, for those who cannot see it. */
interface Shown {
  readonly machine: MachineDefinition<never>;
  readonly view: CaseView;
  readonly mark: Mark;
  readonly language: Language;
}

/** Draws DOT graphs as SVG; Graphviz is compiled once and kept. */
@Injectable()
export class Drawing {
  #graphviz: Promise<Graphviz> | null = null;

  /** The SVG with a title and a description of what it shows. */
  async svg(graph: string, shown: Shown): Promise<string> {
    this.#graphviz ??= Graphviz.load();
    const drawn = (await this.#graphviz).layout(graph, 'svg', 'dot');
    const { title, description } = inWords(shown);
    const words = `<title id="title">${escaped(title)}</title>\n<desc id="description">${escaped(description)}</desc>`;
    return drawn.slice(drawn.indexOf('<svg'))
      .replace(/<svg ([^>]*)>/, (_, attributes: string) => `<svg role="img" aria-labelledby="title description" ${attributes}>\n${words}`);
  }
}

function inWords({ machine, view, mark, language }: Shown): { title: string; description: string } {
  const called = (state: string): string => machine.stateLabels[state]?.[language] ?? state;
  const way = [...mark.path.slice(0, 1).map(({ from }) => called(from)), ...mark.path.filter(({ from, to }) => from !== to).map(({ to }) => called(to))].join(' → ');
  const next = view.nextDeadline;
  return language === 'de'
    ? { title: `Lebenslauf von ${view.fileNumber}`, description: `Stand: ${called(mark.current)}.${way ? ` Weg: ${way}.` : ''}${next ? ` Nächste Frist: ${next.because.de}` : ''}` }
    : { title: `Lifecycle of ${view.fileNumber}`, description: `State: ${called(mark.current)}.${way ? ` Path: ${way}.` : ''}${next ? ` Next deadline: ${next.because.en}` : ''}` };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
