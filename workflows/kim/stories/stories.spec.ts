import { describe, expect, test } from '@jest/globals';
import { edgesOf } from '#kernel';
import { kim } from '../index.ts';
import { changesInOtherRounds, changeStories } from './change.ts';
import { decisionStories } from './decision.ts';
import { furtherStories } from './further.ts';
import { payeeInOtherRounds, payeeStories } from './payee.ts';
import { paymentStories } from './payment.ts';
import { readinessInOtherRounds, readinessStories } from './readiness.ts';
import { regionStories } from './region.ts';
import { returnStories } from './return.ts';
import { play, type Told } from './script.ts';
import { signaturesInOtherRounds, signatureStories } from './signatures.ts';
import { timeInOtherRounds, timeStories } from './time.ts';

const played = [
  ...[decisionStories, paymentStories, changeStories, payeeStories, readinessStories, regionStories, returnStories, signatureStories, timeStories].flatMap((stories) => Object.entries(stories)).map(([title, script]) => ({ title, ...play(script) })),
  ...[...furtherStories, ...timeInOtherRounds, ...readinessInOtherRounds, ...changesInOtherRounds, ...payeeInOtherRounds, ...signaturesInOtherRounds].map(([title, script, start]) => ({ title, ...play(script, start()) })),
];

const differs = (told: readonly Told[]): readonly string[] =>
  told.filter(({ expected, actual }) => expected !== actual).map(({ line, actual }) => `${line}   but was: ${actual}`);

describe('stories', () => {
  test.each(played)('$title', ({ told }) => {
    expect(differs(told)).toEqual([]);
  });
});

describe('together the stories', () => {
  // Payment runs are families of their own, with a spec of their own.
  const machines = Object.entries(kim.machines).filter(([name]) => !Object.hasOwn(kim.heads ?? {}, name));

  test('take every arrow of both lifecycles', () => {
    const taken = new Set(played.flatMap(({ family }) => family.journal.map(({ machine, from, event, to }) => `${machine}: ${from} ${event} ${to}`)));
    const arrows = machines.flatMap(([name, machine]) => edgesOf(machine).map(({ from, event, to }) => `${name}: ${from} ${event} ${to}`));
    expect(arrows.filter((arrow) => !taken.has(arrow))).toEqual([]);
  });

  test('meet every requirement as a refusal, except those that only choose a branch or concern the form', () => {
    const met = new Set(played.flatMap(({ told }) => told.map(({ refused }) => refused)));
    const names = machines.flatMap(([, { requirements }]) => Object.keys(requirements));
    expect(names.filter((name) => !met.has(name)).toSorted()).toEqual([
      'additionalPost', 'allSettled', 'amountPositive', 'applicantEntitled', 'budgetFreed', 'conceptAttached', 'firstSettled', 'fteAtLeastHalf',
      'grantApproved', 'lateAdmitted', 'noDoubleFunding', 'orderAwaited', 'partOrdered', 'quashed', 'receivedInTime', 'restOpen', 'shareOpen', 'somethingPaid',
    ]);
  });

  test('send every letter', () => {
    const sent = new Set(played.flatMap(({ told }) => told.flatMap(({ actual }) => [...actual.matchAll(/letter:(\w+)/g)].map(([, kind]) => kind))));
    expect(machines.flatMap(([, { letters }]) => Object.keys(letters)).filter((kind) => !sent.has(kind))).toEqual([]);
  });
});
