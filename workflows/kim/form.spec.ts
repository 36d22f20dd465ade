import { describe, expect, test } from '@jest/globals';
import { formSchema } from './form.ts';
import { cityForm } from './stories/script.ts';

const post = { id: 'a', kind: 'coordination', fteThousandths: 500 };

describe('a form of the right shape is always stored', () => {
  test.each<[string, unknown]>([
    ['an empty draft', {}],
    ['a complete form', cityForm()],
    ['half a post', { posts: [{ id: 'a' }] }],
    ['a post without an id', { posts: [{ kind: 'authority' }] }],
    ['499 thousandths', { posts: [{ ...post, fteThousandths: 499 }] }],
    ['1,001 thousandths', { posts: [{ ...post, fteThousandths: 1_001 }] }],
    ['a cent above a cap', { eventsCents: 500_001 }],
    ['the largest amount', { interfacesCents: 999_999_999_999 }],
    ['an IBAN that is none', { payee: { iban: 'XX', holder: '' } }],
    ['a period that ends before it begins', { posts: [{ ...post, from: '2028-06-01', to: '2028-05-01' }] }],
    ['every letter of DIN 91379', { payee: { holder: 'Ľubomír Ǧøðżëẞ Çınar ẗẘẙ M̂N̂Ŝ' } }],
    ['an emoji', { posts: [{ ...post, place: 'Büro 😀' }] }],
  ])('%s', (_, form) => {
    expect(formSchema.safeParse(form).error?.issues).toBeUndefined();
  });
});

describe('a wrong shape is refused and says where', () => {
  test.each<[string, unknown, string]>([
    ['an unknown field', { grantedCents: 1 }, ''],
    ['a prototype as a field', JSON.parse('{"__proto__": {"workplaces": 1}}'), ''],
    ['an unknown field in a post', { posts: [{ ...post, name: 'Meier' }] }, 'posts.0'],
    ['a fourth decimal', { posts: [{ ...post, fteThousandths: 650.5 }] }, 'posts.0.fteThousandths'],
    ['a share as text', { posts: [{ ...post, fteThousandths: '650' }] }, 'posts.0.fteThousandths'],
    ['a negative amount', { eventsCents: -1 }, 'eventsCents'],
    ['13 digits', { eventsCents: 1_000_000_000_000 }, 'eventsCents'],
    ['an amount as text', { eventsCents: '500000' }, 'eventsCents'],
    ['an amount with a fraction', { eventsCents: 0.5 }, 'eventsCents'],
    ['infinity', { eventsCents: Infinity }, 'eventsCents'],
    ['a currency', { eventsCents: { amount: 1, currency: 'EUR' } }, 'eventsCents'],
    ['NUL', { payee: { holder: 'Stadt\u0000Köln' } }, 'payee.holder'],
    ['a lone surrogate', { payee: { holder: 'Stadt \ud800' } }, 'payee.holder'],
    ['a day that does not exist', { posts: [{ ...post, from: '2027-02-29' }] }, 'posts.0.from'],
    ['a day of another calendar', { posts: [{ ...post, from: '0001-01-01' }] }, 'posts.0.from'],
    ['an unknown kind of post', { posts: [{ ...post, kind: 'mayor' }] }, 'posts.0.kind'],
    ['an id with a blank', { posts: [{ ...post, id: 'a b' }] }, 'posts.0.id'],
    ['the name of another line as an id', { posts: [{ ...post, id: 'workplaces' }] }, 'posts.0.id'],
    ['two posts with one id', { posts: [post, post] }, 'posts'],
    ['a beneficiary with a short key', { posts: [{ ...post, beneficiary: { key: '05554' } }] }, 'posts.0.beneficiary.key'],
    ['more posts than a list may have', { posts: Array.from({ length: 201 }, (_, index) => ({ id: `p${index}` })) }, 'posts'],
    ['null', null, ''],
    ['a list', [], ''],
  ])('%s', (_, form, path) => {
    expect(formSchema.safeParse(form).error?.issues[0]?.path.join('.')).toBe(path);
  });
});
