/**
 * The administrative courts of North Rhine-Westphalia and the districts and cities each is competent for (§ 17 JustG NRW).
 * A grant decision covers several courts' areas, so the seat of the municipality decides (§ 52 Nr. 3 Satz 2 VwGO). A wrong
 * remedy instruction would lengthen the period to sue to a year (§ 58(2) VwGO).
 */
const COURTS: { readonly [court: string]: readonly string[] } = {
  Aachen: ['05334', '05358', '05366', '05370'],
  Arnsberg: ['05914', '05915', '05954', '05958', '05962', '05966', '05970', '05974'],
  Düsseldorf: ['05111', '05112', '05114', '05116', '05117', '05119', '05120', '05122', '05124', '05154', '05158', '05162', '05166', '05170'],
  Gelsenkirchen: ['05113', '05512', '05513', '05562', '05911', '05913', '05916', '05978'],
  Köln: ['05314', '05315', '05316', '05362', '05374', '05378', '05382'],
  Minden: ['05711', '05754', '05758', '05762', '05766', '05770', '05774'],
  Münster: ['05515', '05554', '05558', '05566', '05570'],
};

/** The seat of the administrative court before which a municipality sues; for one without a seat here, the agency's own (§ 52 Nr. 5 VwGO). */
export const courtFor = (key: string): string => Object.entries(COURTS).find(([, keys]) => keys.includes(key))?.[0] ?? 'Arnsberg';
