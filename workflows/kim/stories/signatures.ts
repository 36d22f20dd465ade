import { defaultCycle } from '../cycle.ts';
import { draft, until, type Start } from './script.ts';

const byTwo = (): Start => ({ family: draft({ ...defaultCycle(2028), certifyingPersons: 2 }) });

/** Signatures where one person certifies. */
export const signatureStories: { readonly [title: string]: string } = {
  'where one person certifies, nobody certifies the facts alone': `${until('1.fallDue')}
    2028-05-02 08:00  certifier   1.certifyFactually  →  refused twoPersonsCertify`,
};

/** And where the round demands two. */
export const signaturesInOtherRounds: readonly (readonly [string, string, () => Start])[] = [
  ['where two persons certify, the first answers for the facts, another one for the arithmetic, and neither authorises', `${until('1.fallDue')}
    2028-05-02 08:00  certifier   1.certify           →  refused factuallyCertified
    2028-05-02 08:01  officer     1.certifyFactually  →  refused wrongRole
    2028-05-02 08:02  allrounder  1.certifyFactually  →  due letter:factuallyCertified
    2028-05-02 08:03  certifier   1.certifyFactually  →  refused notFactuallyCertified
    2028-05-02 08:04  allrounder  1.certify           →  refused differentPerson
    2028-05-02 08:05  certifier   1.certify           →  certified
    2028-05-02 08:06  allrounder  1.authorise         →  refused differentPerson
    2028-05-02 08:07  authoriser  1.authorise         →  authorised payout
    2028-05-02 08:08  system      1.markExported      →  exported
    2028-05-03 14:00  certifier   1.confirmSettled    →  settled letter:paid letter:settledByHand
    2028-10-02 09:00  certifier   2.certifyFactually  →  refused differentPerson
    2028-10-02 09:01  allrounder  2.certifyFactually  →  due letter:factuallyCertified`, byTwo],

  ['what was recalled, or has changed, both certify again', `${until('1.fallDue')}
    2028-05-02 08:00  allrounder  1.certifyFactually  →  due letter:factuallyCertified
    2028-05-02 08:01  certifier   1.certify           →  certified
    2028-05-02 08:02  certifier   1.recall            →  due
    2028-05-02 08:03  certifier   1.certify           →  refused factuallyCertified
    2028-05-02 08:04  allrounder  1.certifyFactually  →  due letter:factuallyCertified
    2028-05-02 09:00  officer     proposeChange       →  active.instalment1
    2028-05-02 09:01  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-05-02 09:02  certifier   1.certify           →  refused factuallyCertified
    2028-05-02 09:03  allrounder  1.certifyFactually  →  due letter:factuallyCertified
    2028-05-02 09:04  certifier   1.certify           →  certified`, byTwo],
];
