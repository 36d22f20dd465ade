import type { Programmes } from '#cases';
import type { Payees, Text } from '#kernel';
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

/** So many flags are told beside one payment; the list of all has the others. */
const MOST_BESIDE = 5;

/** Of live cases that were received: drafts may hold anything. `$1`: where in its context each machine keeps its payee. */
const ROWS = `
  select id, root_id as "rootId", applicant_key as key, applicant_name as name, file_number as "fileNumber", payee->>'holder' as holder,
    upper(regexp_replace(payee->>'iban', '[^A-Za-z0-9]', '', 'g')) as iban
  from (select cases.*, context #> at.path as payee from cases join jsonb_to_recordset($1::jsonb) as at(machine text, path text[]) using (machine)
    where programme = $2 and not ended and (parent_id is not null or received_at is not null)) c
  where payee->>'holder' is not null and payee->>'iban' is not null order by file_number, id`;

/**
 * One IBAN for two organisations, and holders that can be taken for each other, over all live cases or only where the
 * family of one case is concerned. At most `limit` flags, those about an IBAN first.
 */
export async function payeeFlags(store: Store, programmes: Programmes, { limit, rootId }: { readonly limit: number; readonly rootId?: string }): Promise<readonly PayeeFlag[]> {
  const found = await foundIn(store, programmes, rootId === undefined ? undefined : new Set([rootId]));
  return found.filter(({ rows }) => rootId === undefined || rows.some((row) => row.rootId === rootId)).slice(0, limit).map(flagOf);
}

/** What concerns the families of these cases, by case: a few for each, those about an IBAN first. All payees are read once, however many cases are asked for. */
export async function flagsBeside(store: Store, programmes: Programmes, caseIds: readonly string[]): Promise<(caseId: string) => readonly Pick<PayeeFlag, 'code' | 'text'>[]> {
  const cases = await store.query<{ id: string; rootId: string }>('select id, root_id as "rootId" from cases where id = any($1)', [caseIds]);
  const families = new Set(cases.map(({ rootId }) => rootId));
  const flags = (await foundIn(store, programmes, families)).filter(({ rows }) => rows.some(({ rootId }) => families.has(rootId)))
    .map((found) => ({ families: new Set(found.rows.map(({ rootId }) => rootId)), flag: flagOf(found) }));
  const byFamily = grouped(flags, (told) => [...told.families]);
  const byCase = new Map(cases.map(({ id, rootId }) => [id, (byFamily.get(rootId) ?? []).slice(0, MOST_BESIDE).map(({ flag: { code, text } }) => ({ code, text }))]));
  return (caseId) => byCase.get(caseId) ?? [];
}

/** Everything that stands out, by programme; of look-alikes at least those that concern these families. */
async function foundIn(store: Store, programmes: Programmes, families?: ReadonlySet<string>): Promise<readonly Found[]> {
  const newest = [...new Set(programmes.list.map(({ id }) => id))].flatMap((id) => programmes.current(id) ?? []);
  const found: Found[] = [];
  for (const { id, payees } of newest) {
    if (payees === undefined) continue;
    const rows = await store.query<Row>(ROWS, [JSON.stringify(Object.entries(payees.at).map(([machine, path]) => ({ machine, path }))), id]);
    found.push(...sameIban(rows), ...lookAlike(rows, payees, families));
  }
  return found;
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

/**
 * Each name once, however many cases it stands in: names are compared, and then told with all their places. Where few
 * families are asked about, only names that share a key with one of theirs are compared at all.
 */
function lookAlike(rows: readonly Row[], { keys, same }: Payees, families?: ReadonlySet<string>): readonly Found[] {
  const places = grouped(rows, ({ holder }) => [holder]);
  const asked = families && new Set(rows.filter(({ rootId }) => families.has(rootId)).flatMap(({ holder }) => keys(holder)));
  const near = [...places.keys()].map((name) => ({ name, keys: keys(name) })).filter((each) => asked === undefined || each.keys.some((key) => asked.has(key)));
  const pairs = new Map<string, Found>();
  for (const alike of grouped(near, (each) => each.keys).values()) {
    const names = alike.map(({ name }) => name);
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
