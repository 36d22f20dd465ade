import type { Json } from '#kernel';
import { between, type Draw, type Fate } from './demo.fates.ts';

const KINDS = ['coordination', 'adminAssistant', 'caseManagement', 'caseManagement', 'authority'] as const;

/** A valid IBAN of a bank that does not exist (bank code 37040044 with account numbers counted up). */
function iban(account: number): string {
  const bban = `37040044${String(account).padStart(10, '0')}`;
  const check = 98n - (BigInt(`${bban}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${bban}`;
}

/** A fictitious application: two to eight posts of one year, their workplaces, events, and a payee. */
export function formFor(name: string, fate: Fate, fundingYear: number, draw: Draw): { readonly [field: string]: Json } {
  const posts = Array.from({ length: between(draw, 2, 8) }, (_, index) => ({
    id: `stelle-${index + 1}`,
    kind: KINDS[between(draw, 0, KINDS.length - 1)] as string,
    fteThousandths: between(draw, 10, 20) * 50,
    from: `${fundingYear}-0${between(draw, 1, 3)}-01`,
    to: `${fundingYear}-12-31`,
    place: name,
    additional: true,
  }));
  return {
    integrationCentre: true, foreignersAuthority: true, naturalizationAuthority: true,
    posts: fate === 'ineligible' ? posts.map((post, index) => (index === 0 ? { ...post, fteThousandths: 499, additional: false } : post)) : posts,
    workplaces: between(draw, 0, posts.length), eventsCents: between(draw, 1, 10) * 50_000, interfacesCents: between(draw, 0, 10) * 100_000,
    payee: { iban: iban(between(draw, 1_000, 9_999_999)), holder: `Kasse ${name}` },
    declarations: { noDoubleFunding: true, statePlan: true },
  };
}

/** The smallest honest PDF: one empty page. */
export const CONCEPT = new TextEncoder().encode([
  '%PDF-1.4', '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj', '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj', 'xref', '0 4', '0000000000 65535 f ', '0000000009 00000 n ',
  '0000000053 00000 n ', '0000000103 00000 n ', 'trailer<</Size 4/Root 1 0 R>>', 'startxref', '163', '%%EOF', '',
].join('\n'));
