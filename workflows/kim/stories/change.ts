import { cents } from '#money';
import { defaultCycle } from '../cycle.ts';
import { draft, HAPPY, play, until, type Start } from './script.ts';

const active = until('finality');
const due = until('1.fallDue');
const paid = until('1.confirmSettled');

/** Awards that change while they are paid, claims, amounts on hold and holds that one instalment may pass. */
export const changeStories: { readonly [title: string]: string } = {
  'a change takes two people, and nothing is paid while it is open': `${due}
    2028-05-02 08:00  officer     confirmChange       →  refused wrongRole
    2028-05-02 08:00  approver2   confirmChange       →  refused changeProposed
    2028-05-02 08:00  officer     proposeChange:same  →  refused changeConclusive
    2028-05-02 08:01  officer     proposeChange       →  active.instalment1
    2028-05-02 08:02  officer     proposeChange       →  refused noUnpostedChange
    2028-05-02 08:03  certifier   1.certify           →  refused noUnpostedChange
    2028-05-02 08:04  approver2   declineChange       →  active.instalment1
    2028-05-02 08:05  certifier   1.certify           →  certified
    2028-05-02 08:06  allrounder  proposeChange       →  active.instalment1
    2028-05-02 08:07  allrounder  confirmChange       →  refused differentPerson
    2028-05-02 08:08  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-05-02 08:09  clock       1.due               →  due
    2028-05-02 08:10  certifier   1.certify           →  certified
    2028-05-02 08:11  allrounder  1.authorise         →  refused differentPerson
    2028-05-02 08:12  authoriser  1.authorise         →  authorised payout`,

  'a change after the order voids it; the order of the earlier signature pays nothing': `${until('1.authorise')}
    2028-05-02 11:01  officer     proposeChange       →  active.instalment1
    2028-05-02 11:02  system      1.markExported      →  refused noUnpostedChange
    2028-05-02 11:03  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-05-02 11:04  clock       1.due               →  due
    2028-05-02 11:05  certifier   1.certify           →  certified
    2028-05-02 11:06  authoriser  1.authorise         →  authorised payout
    2028-05-02 11:07  system      1.markExported:old  →  refused orderStands
    2028-05-02 11:08  system      1.markExported      →  exported
    2028-05-02 11:09  officer     proposeChange:full  →  active.instalment1
    2028-05-02 11:10  approver2   confirmChange       →  refused nothingOnTheWay`,

  'reduced below what is paid: the second instalment is nothing and never exported, the rest is claimed': `${paid}
    2028-05-10 09:00  certifier   confirmRecovery     →  refused withinClaim
    2028-05-10 09:00  officer     proposeChange:deep  →  active.instalment2
    2028-05-10 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed
    2028-05-20 09:00  certifier   confirmRecovery:more →  refused withinClaim
    2028-05-20 09:01  certifier   confirmRecovery     →  active.instalment2
    2028-10-02 00:00  clock       2.skipped           →  skipped
    2028-10-02 00:01  clock       parent              →  active.fullyPaid
    2028-10-05 09:00  authoriser  confirmRecovery:rest →  active.fullyPaid
    2028-10-06 09:00  officer     confirmRecovery     →  refused wrongRole`,

  'a later increase restores what was claimed before it pays anything': `${paid}
    2028-05-10 09:00  officer     proposeChange:deep  →  active.instalment2
    2028-05-10 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed
    2028-10-02 00:00  clock       2.skipped           →  skipped
    2028-10-10 09:00  officer     proposeChange:full  →  active.fullyPaid
    2028-10-10 09:01  approver2   confirmChange       →  active.fullyPaid letter:awardChanged
    2028-10-10 09:01  clock       parent              →  active.instalment2 letter:instalmentDue
    2028-10-10 09:02  clock       2.due               →  due
    2028-10-10 09:03  certifier   2.certify           →  certified
    2028-10-10 09:04  authoriser  2.authorise         →  authorised payout
    2028-10-10 09:05  system      2.markExported      →  exported
    2028-10-11 09:00  certifier   2.confirmSettled:second →  settled letter:paid letter:settledByHand
    2028-10-11 09:01  clock       parent              →  active.fullyPaid`,

  'reduced after both were paid: all of it is claimed, and an increase gives it back': `${HAPPY}
    2028-10-05 09:00  officer     proposeChange       →  active.fullyPaid
    2028-10-05 09:01  approver2   declineChange       →  active.fullyPaid
    2028-10-05 09:02  officer     proposeChange       →  active.fullyPaid
    2028-10-05 09:03  approver2   confirmChange       →  active.fullyPaid letter:awardChanged
    2028-10-05 10:00  officer     reportUndelivered   →  active.fullyPaid letter:undelivered
    2028-10-05 11:00  approver2   announceChange      →  active.fullyPaid letter:awardChanged
    2028-10-06 09:00  officer     proposeChange:full  →  active.fullyPaid
    2028-10-06 09:01  approver2   confirmChange       →  active.fullyPaid letter:awardChanged
    2028-10-06 09:02  certifier   confirmRecovery     →  refused withinClaim`,

  'an increase after both were paid makes the last one due again': `${active}
    2028-03-05 09:00  officer     proposeChange       →  active.instalment1
    2028-03-05 09:01  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
${HAPPY.slice(HAPPY.indexOf('2028-05-02 00:00'))}
    2028-10-06 09:00  officer     proposeChange:full  →  active.fullyPaid
    2028-10-06 09:01  approver2   confirmChange       →  active.fullyPaid letter:awardChanged letter:instalmentDue
    2028-10-06 09:02  clock       parent              →  active.instalment2
    2028-10-06 09:03  certifier   2.certify           →  certified`,

  'the second instalment is held, passed, changed and paid in part like the first': `${paid}
    2028-06-01 09:00  officer     holdAmount:2        →  active.instalment2 letter:paymentHeld letter:holdPlaced
    2028-06-01 09:01  officer     placeHold:2         →  active.instalment2 letter:paymentHeld letter:holdPlaced
    2028-06-01 09:02  officer     proposeBypass:second →  active.instalment2
    2028-06-01 09:03  approver    declineBypass       →  active.instalment2
    2028-06-01 09:04  officer     proposeBypass:second →  active.instalment2
    2028-06-01 09:05  approver    confirmBypass       →  active.instalment2 letter:heldPaymentPasses letter:holdBypassed
    2028-06-02 09:00  officer     proposeChange       →  active.instalment2
    2028-06-02 09:01  approver2   declineChange       →  active.instalment2
    2028-06-03 09:00  officer     proposeChange       →  active.instalment2
    2028-06-03 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed
    2028-06-04 09:00  officer     reportUndelivered   →  active.instalment2 letter:undelivered
    2028-06-05 09:00  approver2   announceChange      →  active.instalment2 letter:awardChanged
    2028-10-02 09:00  certifier   2.certify           →  certified
    2028-10-02 11:00  authoriser  2.authorise         →  authorised payout
    2028-10-02 11:01  system      2.markExported      →  exported
    2028-10-04 14:00  certifier   2.confirmSettled:second →  due letter:partPaid letter:settledByHand
    2028-10-04 14:01  clock       parent              →  active.instalment2
    2028-10-05 09:00  approver    liftHold            →  active.instalment2 letter:paymentReleased letter:holdLifted
    2028-10-05 09:01  system      stop                →  active.stopped letter:stopped
    2028-10-05 09:02  certifier   confirmRecovery     →  refused withinClaim`,

  'part of a claim comes back while the first instalment is away': `${HAPPY}
    2028-10-05 09:00  officer     proposeChange:deep  →  active.fullyPaid
    2028-10-05 09:01  approver2   confirmChange       →  active.fullyPaid letter:awardChanged
    2028-10-06 09:00  system      1.reportReturn      →  refused withinPayment
    2028-10-06 09:01  system      1.reportReturn:part →  returned letter:paymentReversed letter:paymentReturned
    2028-10-07 09:00  certifier   confirmRecovery     →  active.instalment1`,

  'what was cancelled cannot be adjusted': `${paid}
    2028-05-10 09:00  officer     proposeChange       →  active.instalment2
    2028-05-10 09:01  system      2.cancel            →  cancelled
    2028-05-10 09:02  approver2   confirmChange       →  refused noneCancelled`,

  'a claim outlives the grant': `${paid}
    2028-05-10 09:00  officer     proposeChange:deep  →  active.instalment2
    2028-05-10 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed
    2028-05-11 09:00  system      stop                →  active.stopped letter:stopped
    2028-05-20 09:00  certifier   confirmRecovery     →  active.stopped`,

  'what became nothing while it was due is skipped, what was paid in part is settled': `${due}
    2028-05-02 10:00  officer     holdAmount:2        →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:01  officer     holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:02  certifier   1.certify           →  certified
    2028-05-02 10:03  authoriser  1.authorise         →  authorised payout
    2028-05-02 10:04  system      1.markExported      →  exported
    2028-05-03 09:00  certifier   1.confirmSettled    →  due letter:partPaid letter:settledByHand
    2028-05-03 09:01  certifier   1.certify           →  refused noHoldInScope
    2028-05-03 09:02  officer     proposeChange:deep  →  active.instalment1
    2028-05-03 09:03  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-05-03 09:04  clock       1.settled           →  settled
    2028-10-02 00:00  clock       2.skipped           →  skipped`,

  'what was claimed counts as paid again, even where the amount of the instalment stays': `${paid}
    2028-05-10 09:00  officer     proposeChange:deep  →  active.instalment2
    2028-05-10 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed
    2028-05-20 09:00  system      1.reportReturn:claimed →  returned letter:paymentReversed letter:paymentReturned
    2028-05-21 09:00  officer     proposeChange:even  →  active.instalment1
    2028-05-21 09:01  approver2   confirmChange       →  active.instalment1 letter:awardChanged
    2028-05-21 09:02  system      1.adjust            →  refused shareChanged
    2028-05-21 09:03  certifier   confirmRecovery     →  refused withinClaim`,

  'whoever takes a post takes its workplace along': `${due}
    2028-05-02 08:00  officer     proposeChange:post  →  refused changeConclusive
    2028-05-02 08:01  officer     proposeChange:place →  active.instalment1`,

  'an amount on hold leaves the rest to be paid, and is paid when it is lifted': `${due}
    2028-05-02 10:00  officer     holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:01  certifier   1.certify           →  certified
    2028-05-02 10:02  authoriser  1.authorise         →  authorised payout
    2028-05-02 10:03  certifier   holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:04  system      1.markExported      →  refused noHoldInScope
    2028-05-02 10:05  approver    liftHold:second     →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-02 10:06  system      1.markExported      →  exported
    2028-05-03 09:00  certifier   1.confirmSettled    →  due letter:partPaid letter:settledByHand
    2028-05-03 09:01  certifier   1.certify           →  refused noHoldInScope
    2028-05-04 09:00  approver    liftHold            →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-04 09:01  certifier   1.certify           →  certified
    2028-05-04 09:02  authoriser  1.authorise         →  authorised payout
    2028-05-04 09:03  system      1.markExported      →  exported
    2028-05-05 09:00  certifier   1.confirmSettled    →  settled letter:paid letter:settledByHand
    2028-05-05 09:01  clock       parent              →  active.instalment2`,

  'the part that was paid comes back while the rest is on hold': `${due}
    2028-05-02 10:00  officer     holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:01  certifier   1.reportReturn:part →  refused partSettled
    2028-05-02 10:02  certifier   1.certify           →  certified
    2028-05-02 10:03  authoriser  1.authorise         →  authorised payout
    2028-05-02 10:04  system      1.markExported      →  exported
    2028-05-03 09:00  certifier   1.confirmSettled    →  due letter:partPaid letter:settledByHand
    2028-05-08 09:00  system      1.reportReturn      →  refused withinPayment
    2028-05-08 09:00  system      1.reportReturn:claimed →  returned letter:paymentReversed letter:paymentReturned
    2028-05-09 09:00  certifier   1.reopen            →  due
    2028-05-09 09:01  certifier   1.certify           →  certified
    2028-05-09 09:02  authoriser  1.authorise         →  authorised payout`,

  'a return that a person reported is not booked again when the bank tells of it': `${paid}
    2028-05-08 09:00  certifier   1.reportReturn:part →  returned letter:paymentReversed letter:paymentReturned
    2028-05-08 09:01  certifier   1.reopen            →  due
    2028-05-08 09:02  system      1.reportReturn:part →  refused partSettled`,

  'a hold placed on an amount after it was certified voids the signature': `${until('1.certify')}
    2028-05-02 10:00  officer     holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:01  authoriser  1.authorise         →  refused certificationUnchanged`,

  'two people let the next instalment pass a hold, and only that one': `${due}
    2028-05-02 08:00  officer     proposeBypass       →  refused holdKnown
    2028-05-02 08:00  officer     placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 08:01  approver    confirmBypass       →  refused bypassProposed
    2028-05-02 08:02  officer     proposeBypass:2     →  refused bypassPossible
    2028-05-02 08:03  allrounder  proposeBypass       →  active.instalment1
    2028-05-02 08:04  allrounder  confirmBypass       →  refused differentPerson
    2028-05-02 08:05  approver    declineBypass       →  active.instalment1
    2028-05-02 08:06  officer     proposeBypass       →  active.instalment1
    2028-05-02 08:07  approver    confirmBypass       →  active.instalment1 letter:heldPaymentPasses letter:holdBypassed
    2028-05-02 09:00  certifier   1.certify           →  certified
    2028-05-02 11:00  authoriser  1.authorise         →  authorised payout
    2028-05-02 11:01  system      1.markExported      →  exported
    2028-05-03 14:00  certifier   1.confirmSettled    →  settled letter:paid letter:settledByHand
    2028-10-02 09:00  certifier   2.certify           →  refused noHoldInScope`,

  'a proposal to pass a hold falls with the hold, and once the instalment is on its way': `${due}
    2028-05-02 08:00  officer     placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 08:01  officer     proposeBypass       →  active.instalment1
    2028-05-02 08:02  approver    liftHold            →  active.instalment1 letter:paymentReleased letter:holdLifted
    2028-05-02 08:03  approver2   confirmBypass       →  refused bypassProposed
    2028-05-02 08:04  officer     holdAmount          →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 08:05  certifier   1.certify           →  certified
    2028-05-02 08:06  authoriser  1.authorise         →  authorised payout
    2028-05-02 08:07  officer     proposeBypass:amount →  active.instalment1
    2028-05-02 08:08  system      1.markExported      →  exported
    2028-05-02 08:09  approver2   confirmBypass       →  refused bypassProposed`,

  'whoever certified lets nothing pass': `${until('1.certify')}
    2028-05-02 10:00  officer     placeHold           →  active.instalment1 letter:paymentHeld letter:holdPlaced
    2028-05-02 10:01  officer     proposeBypass       →  active.instalment1
    2028-05-02 10:02  certifier   confirmBypass       →  refused wrongRole
    2028-05-02 10:03  approver2   confirmBypass       →  active.instalment1 letter:heldPaymentPasses letter:holdBypassed
    2028-05-02 10:04  authoriser  1.authorise         →  authorised payout`,

  'a notice of change that nobody received blocks the payment until it is announced again': `${active}
    2028-03-05 09:00  officer     reportUndelivered   →  refused changeAnnounced
    2028-03-05 09:00  approver2   announceChange      →  refused changeUnannounced
    2028-03-05 09:01  officer     proposeChange       →  active.instalment1
    2028-03-05 09:02  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-03-09 09:00  system      reportUndelivered   →  active.instalment1 letter:undelivered
    2028-05-02 09:00  certifier   1.certify           →  refused noticeCurrent
    2028-05-02 09:01  approver2   announceChange      →  active.instalment1 letter:awardChanged
    2028-05-02 09:02  certifier   1.certify           →  certified`,

  'what came back is adjusted, too': `${paid}
    2028-05-10 09:00  system      1.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-05-11 09:00  officer     proposeChange       →  active.instalment1
    2028-05-11 09:01  approver2   confirmChange       →  active.instalment1 letter:awardChanged letter:fundsFreed
    2028-05-11 09:02  system      1.reopen            →  due
    2028-05-11 09:03  certifier   1.certify           →  certified
    2028-05-11 09:04  authoriser  1.authorise         →  authorised payout
    2028-05-11 09:05  system      1.markExported      →  exported
    2028-05-12 09:00  certifier   1.confirmSettled    →  settled letter:paid letter:settledByHand`,

  'an instalment whose amount stays hears nothing of a change': `${paid}
    2028-05-10 09:00  system      1.adjust            →  refused shareChanged
    2028-05-10 09:01  officer     proposeChange       →  active.instalment2
    2028-05-10 09:02  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed
    2028-05-10 09:03  system      2.adjust            →  refused shareChanged`,
};

/** After a story, in a round whose budget others have taken meanwhile. */
const broke = (script: string) => (): Start => {
  const { family } = play(script);
  return { family: { ...family, ledger: { ...family.ledger, budget: cents(0) } } };
};

const onlyFirst = (): Start => ({ family: draft({ ...defaultCycle(2028), instalmentWeights: [100, 0] }) });

/** The same where the round says otherwise. */
export const changesInOtherRounds: readonly (readonly [string, string, () => Start])[] = [
  ['an award that came all at once grows: the first instalment pays the rest of a share, the last one what is left', `${until('1.confirmSettled')}
    2028-05-10 09:00  officer     proposeChange       →  active.instalment2
    2028-05-10 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged
    2028-10-02 00:00  clock       2.skipped           →  skipped`, onlyFirst],

  ['an increase needs budget, what was claimed needs none', `
    2028-05-20 09:00  officer     proposeChange:full  →  active.instalment2
    2028-05-20 09:01  approver2   confirmChange       →  refused budgetSuffices
    2028-05-20 09:02  approver2   declineChange       →  active.instalment2
    2028-05-21 09:00  officer     proposeChange:paid  →  active.instalment2
    2028-05-21 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged
    2028-05-21 09:02  certifier   confirmRecovery     →  refused withinClaim`, broke(`${paid}
    2028-05-10 09:00  officer     proposeChange:deep  →  active.instalment2
    2028-05-10 09:01  approver2   confirmChange       →  active.instalment2 letter:awardChanged letter:fundsFreed`)],
];
