import ICAL from 'ical.js';

/** An entry of a calendar as a reader understands it; instants in UTC. */
export interface Entry {
  readonly uid: string;
  readonly start: string;
  readonly end: string;
  readonly stamp: string;
  readonly summary: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly sequence: number;
}

/** Programs that read calendars and know nothing of the one that wrote them. */
export const READERS: { readonly [reader: string]: (text: string) => Promise<readonly Entry[]> } = {
  'ical.js': async (text) => new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const stamp = component.getFirstPropertyValue('dtstamp') as ICAL.Time;
    return {
      uid: event.uid, start: event.startDate.toJSDate().toISOString(), end: event.endDate.toJSDate().toISOString(), stamp: stamp.toJSDate().toISOString(),
      summary: event.summary, description: event.description, sequence: event.sequence,
      categories: component.getFirstProperty('categories')?.getValues() as string[],
    };
  }),
  'node-ical': async (text) => {
    // Not imported at the top: it lends an older Temporal, wrong about summers from 2036 on, to everyone who comes after it.
    const { default: ical } = await import('node-ical');
    return Object.values(ical.sync.parseICS(text)).flatMap((component) => (component?.type === 'VEVENT' ? [{
      uid: component.uid, start: component.start.toISOString(), end: (component.end as Date).toISOString(), stamp: component.dtstamp.toISOString(),
      summary: String(component.summary), description: String(component.description), sequence: Number(component.sequence),
      categories: component.categories ?? [],
    }] : []));
  },
};
