import type { Programmes } from '#cases';
import type { Payees, Programme, Text } from '#kernel';
import type { Store } from '#store';

/** Where a payee stands: in a signed form, or in a change of it. Of the IBAN only the end, as in letters. */
export interface PayeePlace {
  readonly case: string;
  readonly fileNumber: string;
  readonly applicant: { readonly key: string; readonly name: string };
  readonly holder: string;
  readonly ibanEnding: string;
}

/** Something about payees that a person should look at. It never stops anything. */
export interface PayeeFlag {
  readonly code: 'sameIban' | 'lookAlike';
  readonly text: Text;
  readonly places: readonly PayeePlace[];
}

interface Row {
  readonly id: string;
  readonly rootId: string;
  readonly key: string;
  readonly name: string;
  readonly fileNumber: string;
  readonly holder: string;
  readonly iban: string;
}

/** One flag names so many places; more would not be read. */
const MOST_PLACES = 20;

/** Of live cases that were received: drafts may hold anything. `$1`: where in the context a machine keeps its payee. */
const ROWS = `
  select id, root_id as "rootId", applicant_key as key, applicant_name as name, file_number as "fileNumber", payee->>'holder' as holder,
    upper(regexp_replace(payee->>'iban', '[^A-Za-z0-9]', '', 'g')) as iban
  from (select *, context #> $1::text[] as payee from cases where programme = $2 and machine = $3 and not ended and (parent_id is not null or received_at is not null)) c
  where payee->>'holder' is not null and payee->>'iban' is not null order by file_number, id`;

/**
 * One IBAN for two organisations, and holders that can be taken for each other, over all live cases or only where the
 * family of one case is concerned. At most `limit` flags, those about an IBAN first.
 */
export async function payeeFlags(store: Store, programmes: Programmes, { limit, rootId }: { readonly limit: number; readonly rootId?: string }): Promise<readonly PayeeFlag[]> {
  const newest = [...new Set(programmes.list.map(({ id }) => id))].flatMap((id) => programmes.current(id) ?? []);
  const found: PayeeFlag[] = [];
  for (const programme of newest) {
    const { payees } = programme;
    if (payees === undefined) continue;
    const rows = await rowsOf(store, programme, payees);
    const concerns = (places: readonly Row[]): boolean => rootId === undefined || places.some((row) => row.rootId === rootId);
    found.push(...[...sameIban(rows), ...lookAlike(rows, payees)].filter(({ rows: places }) => concerns(places)).slice(0, limit).map(flagOf));
  }
  return found.slice(0, limit);
}

async function rowsOf(store: Store, { id }: Programme, { at }: Payees): Promise<readonly Row[]> {
  const each: Row[] = [];
  for (const [machine, path] of Object.entries(at)) each.push(...await store.query<Row>(ROWS, [path, id, machine]));
  return each;
}

interface Found {
  readonly code: PayeeFlag['code'];
  readonly rows: readonly Row[];
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

const sameIban = (rows: readonly Row[]): readonly Found[] =>
  [...grouped(rows, ({ iban }) => [iban]).values()].filter((group) => new Set(group.map(({ key }) => key)).size > 1).map((group) => ({ code: 'sameIban', rows: group }));

/** Each name once, however many cases it stands in: names are compared, and then told with all their places. */
function lookAlike(rows: readonly Row[], { keys, same }: Payees): readonly Found[] {
  const places = grouped(rows, ({ holder }) => [holder]);
  const pairs = new Map<string, Found>();
  for (const names of grouped([...places.keys()], keys).values()) {
    for (const [index, one] of names.entries()) {
      for (const other of names.slice(index + 1)) {
        if (!same(one, other)) pairs.set(JSON.stringify([one, other].toSorted()), { code: 'lookAlike', rows: [...places.get(one) ?? [], ...places.get(other) ?? []] });
      }
    }
  }
  return [...pairs.values()];
}

function flagOf({ code, rows }: Found): PayeeFlag {
  const [names, owners] = [[...new Set(rows.map(({ holder }) => holder))], [...new Set(rows.map(({ name }) => name))]];
  const ending = rows[0]?.iban.slice(-4) ?? '';
  const text: Text = code === 'sameIban'
    ? { de: `Eine IBAN (••${ending}) für ${owners.length} Kommunen: ${owners.slice(0, MOST_PLACES).join(', ')}.`, en: `One IBAN (••${ending}) for ${owners.length} municipalities: ${owners.slice(0, MOST_PLACES).join(', ')}.` }
    : { de: `Diese Kontoinhaber sehen einander ähnlich: „${names.join('“ und „')}“. Bitte Buchstabe für Buchstabe vergleichen.`, en: `These account holders look alike: “${names.join('” and “')}”. Please compare letter by letter.` };
  return {
    code, text,
    places: rows.slice(0, MOST_PLACES).map(({ id, fileNumber, key, name, holder, iban }) => ({ case: id, fileNumber, applicant: { key, name }, holder, ibanEnding: iban.slice(-4) })),
  };
}
