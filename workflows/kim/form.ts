import { z } from 'zod';
import type { Json } from '#kernel';
import { day, entry, money } from './shapes.ts';

/** The posts that may be funded. */
export const POST_KINDS = ['coordination', 'adminAssistant', 'caseManagement', 'authority'] as const;

/** Lines of an application that are no posts; a post's line bears the post's id. */
export const OTHER_LINES = ['workplaces', 'events', 'interfaces'] as const;

const beneficiary = z.strictObject({
  key: z.string().regex(/^\d{8}$/),
  name: entry(200),
  foreignersAuthority: z.boolean(),
  youthWelfareOffice: z.boolean(),
  integrationCouncil: z.boolean(),
}).partial();

const isOtherLine = (id: string): boolean => OTHER_LINES.some((line) => line === id);

/** A post as a draft may hold it: the share in thousandths of a full post, days in Berlin. */
export const postSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/).refine((id) => !isOtherLine(id), {
    error: 'the name of another line', params: { de: 'So heißt schon eine andere Zeile des Antrags.', en: 'Another line of the application is called this.' },
  }),
  kind: z.enum(POST_KINDS),
  fteThousandths: z.int().min(0).max(9_999),
  from: day,
  to: day,
  place: entry(200),
  additional: z.boolean(),
  requestedCents: money,
  beneficiary,
}).partial();

const distinctIds = (posts: readonly { readonly id?: string | undefined }[]): boolean => {
  const ids = posts.flatMap(({ id }) => id ?? []);
  return new Set(ids).size === ids.length;
};

/**
 * The application form. Every field may be missing while it is a draft: what is missing or not fundable is a finding, not
 * a refusal. Only what cannot be read as a form at all is refused: unknown fields, wrong types, two posts with one id.
 */
export const formSchema = z.strictObject({
  integrationCentre: z.boolean(),
  foreignersAuthority: z.boolean(),
  naturalizationAuthority: z.boolean(),
  posts: z.array(postSchema).max(200).refine(distinctIds, {
    error: 'two posts have the same id', params: { de: 'Zwei Stellen haben dieselbe Kennung (id).', en: 'Two posts have the same id.' },
  }),
  workplaces: z.int().min(0).max(9_999),
  eventsCents: money,
  interfacesCents: money,
  payee: z.strictObject({ iban: entry(42), holder: entry(140) }).partial(),
  declarations: z.strictObject({ noDoubleFunding: z.boolean(), statePlan: z.boolean() }).partial(),
}).partial();

export type Form = z.infer<typeof formSchema>;
export type Post = z.infer<typeof postSchema>;

/** The parts of an application that an officer can send back: the form's fields and the concept. */
export const SECTIONS = [
  'integrationCentre', 'foreignersAuthority', 'naturalizationAuthority', 'posts', 'workplaces', 'eventsCents', 'interfacesCents',
  'payee', 'declarations', 'concept',
] as const;

/** The form as its schema let it in when it was saved. */
export const formOf = (stored: Json): Form => stored as Form;
