import type { z } from 'zod';
import type { Text } from '#kernel';

/** What is wrong with the shape of one value, as zod tells it. */
type Issue = z.core.$ZodIssue;
type IssueOf<C extends Issue['code']> = Extract<Issue, { code: C }>;

const text = (de: string, en: string): Text => ({ de, en });
const expected = (what: Text): Text => text(`Erwartet: ${what.de}.`, `Expected: ${what.en}.`);

/** In both languages what is expected at the place of an issue. A refinement of a schema may bring `{de, en}` in its params. */
export function shapeWords(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type': return typeWords(issue);
    case 'too_big': return boundWords(issue, Number(issue.maximum), BIG);
    case 'too_small': return boundWords(issue, Number(issue.minimum), SMALL);
    case 'invalid_format': return formatWords(issue);
    case 'not_multiple_of': return expected(text(`ein Vielfaches von ${issue.divisor}`, `a multiple of ${issue.divisor}`));
    case 'invalid_value': return valueWords(issue);
    case 'custom': return ownWords(issue);
    case 'invalid_union': return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options.map(String)) : NO_SHAPE;
    case 'invalid_key': return text('So kann diese Angabe nicht heißen.', 'A field cannot be called this.');
    case 'invalid_element': return text('Ein Eintrag dieser Liste hat nicht die vorgesehene Form.', 'An entry of this list does not have the form it should have.');
    case 'unrecognized_keys': return text('Diese Angabe gibt es hier nicht.', 'There is no such field here.');
  }
}

const NO_SHAPE = text('Diese Angabe hat keine der vorgesehenen Formen.', 'This value has none of the forms it may have.');
const NOT_SO = text('Diese Angabe ist so nicht zulässig.', 'This value is not allowed as it is.');

const OBJECT = text('ein Objekt mit Feldern', 'an object with fields');
const WHOLE = text('eine ganze Zahl', 'a whole number');
const TYPES: { readonly [type: string]: Text } = {
  string: text('ein Text', 'a text'), number: text('eine Zahl', 'a number'), int: WHOLE, bigint: WHOLE,
  boolean: text('true (ja) oder false (nein)', 'true (yes) or false (no)'), array: text('eine Liste', 'a list'), object: OBJECT, record: OBJECT,
};

const typeWords = (issue: IssueOf<'invalid_type'>): Text => {
  const type = TYPES[issue.expected];
  return type === undefined ? NOT_SO : expected(type);
};

interface Bound {
  readonly least: Text;
  readonly beyond: Text;
}

const BIG: Bound = { least: text('höchstens', 'at most'), beyond: text('weniger als', 'less than') };
const SMALL: Bound = { least: text('mindestens', 'at least'), beyond: text('mehr als', 'more than') };
const EXACT = text('genau', 'exactly');

function boundWords({ origin, inclusive, exact }: IssueOf<'too_big'> | IssueOf<'too_small'>, bound: number, { least, beyond }: Bound): Text {
  if (origin === 'string' && bound === 1 && least === SMALL.least) return text('Diese Angabe darf nicht leer sein.', 'This field must not be empty.');
  const how = exact === true ? EXACT : inclusive === false ? beyond : least;
  const units = origin === 'string' ? text(' Zeichen', ` character${bound === 1 ? '' : 's'}`) : origin === 'array' ? text(bound === 1 ? ' Eintrag' : ' Einträge', bound === 1 ? ' entry' : ' entries') : text('', '');
  return expected(text(`${how.de} ${bound}${units.de}`, `${how.en} ${bound}${units.en}`));
}

const FORMATS: { readonly [format: string]: Text } = {
  date: text('ein Tag, den es gibt, wie 2028-05-04', 'a day that exists, such as 2028-05-04'),
  datetime: text('ein Zeitpunkt mit Zeitzone wie 2028-05-04T08:00:00.000Z', 'an instant with its time zone, such as 2028-05-04T08:00:00.000Z'),
  email: text('eine Mailadresse wie name@stadt.example', 'a mail address such as name@city.example'),
  url: text('eine Adresse wie https://stadt.example', 'an address such as https://city.example'),
};

function formatWords({ format, ...issue }: IssueOf<'invalid_format'>): Text {
  const known = FORMATS[format];
  if (known !== undefined) return expected(known);
  const pattern = 'pattern' in issue && typeof issue.pattern === 'string' ? issue.pattern.replace(/^\/(.*)\/[a-z]*$/s, '$1') : null;
  return pattern === null ? NOT_SO : expected(patternWords(pattern));
}

/** A pattern that is so many characters of a class is told as that; any other one is shown. */
function patternWords(pattern: string): Text {
  const [, given, least, most] = /^\^(\\d|\\w|\[[^\]^]+\])\{(\d+)(?:,(\d+))?\}\$$/.exec(pattern) ?? [];
  if (given === undefined || least === undefined) return text(`die Form ${pattern}`, `the form ${pattern}`);
  const [de, en] = most === undefined ? [least, least] : [`${least} bis ${most}`, `${least} to ${most}`];
  if (given === '\\d') return text(`${de} Ziffern`, `${en} digits`);
  const members = given === '\\w' ? 'A-Z a-z 0-9 _' : given.slice(1, -1).replaceAll('\\w', 'A-Za-z0-9_').replaceAll('\\', '').replaceAll(/(?:.-.)(?=.)/gs, '$& ');
  return text(`${de} Zeichen aus ${members}`, `${en} characters of ${members}`);
}

/** A number is no text, even if it looks like one of those that are allowed. */
function valueWords({ values, input }: IssueOf<'invalid_value'>): Text {
  const texts = values.every((value) => typeof value === 'string');
  return texts && input !== undefined && typeof input !== 'string' ? asText(oneOf(values.map(String))) : oneOf(values.map(String));
}

const asText = ({ de, en }: Text): Text => text(`Erwartet: ein Text. ${de}`, `Expected: a text. ${en}`);

const oneOf = (values: readonly string[]): Text => text(`Möglich ist: ${values.join(', ')}.`, `Possible: ${values.join(', ')}.`);

function ownWords(issue: IssueOf<'custom'>): Text {
  const { de, en } = (issue.params ?? {}) as Partial<Text>;
  return { de: de ?? NOT_SO.de, en: en ?? NOT_SO.en };
}
