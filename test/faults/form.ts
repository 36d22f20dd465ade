import type { Json } from '#kernel';

/** A form for that round, without findings but for the concept. */
export const formFor = (cycle: string): { readonly [field: string]: Json } => ({
  integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
  posts: [{ id: 'p1', kind: 'coordination', fteThousandths: 1000, from: `${yearOf(cycle)}-01-01`, to: `${yearOf(cycle)}-12-31`, place: 'Rathaus', additional: true }],
  workplaces: 1, eventsCents: 100_000, interfacesCents: 0,
  payee: { iban: 'DE02120300000000202051', holder: 'Stadtkasse' },
  declarations: { noDoubleFunding: true, statePlan: true },
});

const yearOf = (cycle: string): string => cycle.split('-')[1] ?? '';
