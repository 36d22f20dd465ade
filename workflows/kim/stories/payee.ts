import { defaultCycle } from '../cycle.ts';
import { draft, until, type Start } from './script.ts';

const active = until('finality');

/** Proposed by the municipality, checked and called back by an officer, approved by another person: four acts in a week of April. */
const APPROVED = `
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-04 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-04 10:00  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-05 09:00  approver    11.approvePayee     →  coolingDown`;

const REPLACED = `${active}${APPROVED}
    2028-04-11 00:00  clock       11.active           →  active letter:payeeChanged`;

/** Another payee: proposed, checked, called back, approved, waited for, and only then paid to. */
export const payeeStories: { readonly [title: string]: string } = {
  'another payee takes a document, a call, a second person and three working days; what is due is paid to it': `${active}${APPROVED}
    2028-04-07 09:00  system      11.cooledDown       →  refused coolingDownOver
    2028-04-11 00:00  clock       11.active           →  active letter:payeeChanged
    2028-05-02 09:00  certifier   1.certify           →  certified
    2028-05-02 11:00  authoriser  1.authorise         →  authorised payout`,

  'nobody checks what they proposed, nobody approves what they checked, and who had a hand in it does not pay': `${active}
    2028-04-03 09:00  allrounder  proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-03 09:01  allrounder  11.checkPayeeDocument  →  refused differentPerson
    2028-04-03 09:02  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-03 09:03  allrounder  11.noteCallBack     →  refused differentPerson
    2028-04-03 09:04  officer     11.noteCallBack:early  →  refused callBackPlausible
    2028-04-03 09:05  officer2    11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-03 09:06  allrounder  11.approvePayee     →  refused differentPerson
    2028-04-03 09:07  approver    11.approvePayee     →  coolingDown
    2028-05-02 09:00  allrounder  1.certify           →  refused differentPerson
    2028-05-02 09:01  certifier   1.certify           →  certified
    2028-05-02 09:02  allrounder  1.authorise         →  refused differentPerson
    2028-05-02 09:03  authoriser  1.authorise         →  authorised payout`,

  'the approver of the payee does not certify': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-03 09:01  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-03 09:02  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-03 09:03  allrounder  11.approvePayee     →  coolingDown
    2028-05-02 09:00  allrounder  1.certify           →  refused differentPerson`,

  'whoever edited the posts proposes no other payee, whatever else they may': `${active.replace('editor      saveForm', 'both        saveForm')}
    2028-04-03 09:00  editor      proposePayee        →  refused wrongRole
    2028-04-03 09:01  both        proposePayee        →  refused differentPerson
    2028-04-03 09:02  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck`,

  'what nobody checks, calls back about or approves is brought to mind': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-10 08:00  clock       11.proposed         →  proposed letter:notReady letter:payeeWaits
    2028-04-10 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-19 08:00  clock       11.documentChecked  →  documentChecked letter:payeeWaits
    2028-04-19 09:00  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-26 08:00  clock       11.calledBack       →  calledBack letter:notReady letter:dueSoon letter:payeeWaits`,

  'and again for as long as it lies': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-10 08:00  clock       11.proposed         →  proposed letter:notReady letter:payeeWaits
    2028-04-19 08:00  clock       11.proposed         →  proposed letter:payeeWaits`,

  'what is no payable account, no name that banks write, or no change, is no proposal; one at a time': `${active}
    2028-04-03 09:00  signatory   proposePayee:typo   →  refused ibanValid
    2028-04-03 09:01  signatory   proposePayee:abroad →  refused ibanValid
    2028-04-03 09:02  signatory   proposePayee:bic    →  refused bicValid
    2028-04-03 09:03  signatory   proposePayee:same   →  refused payeeDiffers
    2028-04-03 09:04  signatory   proposePayee:long   →  refused holderFits
    2028-04-03 09:05  signatory   proposePayee:strange  →  refused holderFits
    2028-04-03 09:06  officer     proposePayee:unseen →  refused holderFits
    2028-04-03 09:07  signatory   proposePayee:again  →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-03 09:08  signatory   proposePayee        →  refused noOpenPayeeChange`,

  'a look-alike payee is named to the officer, who declines it': `${active}
    2028-04-03 09:00  signatory   proposePayee:alike  →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-04 09:00  officer     11.declinePayee     →  declined letter:payeeDeclined
    2028-05-02 09:00  certifier   1.certify           →  certified`,

  'the IBAN changed between certify and authorise: nothing is paid until it is decided, then everything is signed anew': `${until('1.certify')}
    2028-05-02 09:30  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-05-02 11:00  authoriser  1.authorise         →  refused payeeApproved
    2028-05-03 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-05-03 09:01  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-05-03 09:02  approver    11.approvePayee     →  coolingDown
    2028-05-08 09:00  authoriser  1.authorise         →  refused payeeCooledDown
    2028-05-09 00:00  clock       1.due               →  due letter:payeeChanged letter:instalmentDue
    2028-05-09 09:00  authoriser  1.authorise         →  refused notPossibleHere
    2028-05-09 09:01  certifier   1.certify           →  certified
    2028-05-09 09:02  authoriser  1.authorise         →  authorised payout`,

  'the IBAN changed after the order and before its export: the order waits, and goes back': `${until('1.authorise')}
    2028-05-02 11:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-05-02 11:01  system      1.markExported      →  refused payeeApproved
    2028-05-02 12:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-05-02 12:01  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-05-02 12:02  approver    11.approvePayee     →  coolingDown
    2028-05-02 12:03  system      1.markExported      →  refused payeeCooledDown
    2028-05-06 00:00  clock       1.due               →  due letter:notPaidYet letter:payeeChanged letter:instalmentDue
    2028-05-06 00:01  system      1.markExported      →  refused notPossibleHere`,

  'a declined change lets the order go on': `${until('1.authorise')}
    2028-05-02 11:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-05-02 11:01  system      1.markExported      →  refused payeeApproved
    2028-05-02 12:00  signatory   11.declinePayee     →  declined letter:payeeDeclined
    2028-05-02 12:01  system      1.markExported      →  exported`,

  'cooling down over the pay date: due, but not paid before it ends': `${active}
    2028-04-27 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-28 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-28 09:01  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-28 09:02  approver    11.approvePayee     →  coolingDown
    2028-05-02 09:00  certifier   1.certify           →  refused payeeCooledDown
    2028-05-05 00:00  clock       11.active           →  active letter:notPaidYet letter:payeeChanged
    2028-05-05 09:00  certifier   1.certify           →  certified`,

  'a payment that came back goes to the payee that was approved since': `${until('1.confirmSettled')}
    2028-05-10 09:00  system      1.reportReturn      →  returned letter:paymentReversed letter:paymentReturned
    2028-05-10 10:00  officer     proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-05-10 11:00  officer2    11.checkPayeeDocument  →  documentChecked
    2028-05-10 11:01  officer2    11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-05-10 11:02  approver    11.approvePayee     →  coolingDown
    2028-05-16 00:00  clock       11.active           →  active letter:payeeChanged
    2028-05-16 09:00  certifier   1.reopen            →  due
    2028-05-16 09:01  certifier   1.certify           →  certified
    2028-05-16 09:02  authoriser  1.authorise         →  authorised payout`,

  'a newer version replaces the one before': `${REPLACED}
    2028-04-11 09:00  system      11.followPayee      →  refused payeeSuperseded
    2028-04-12 09:00  signatory   proposePayee:again  →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-12 09:01  officer     12.checkPayeeDocument  →  documentChecked
    2028-04-12 09:02  officer     12.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-12 09:03  approver    12.approvePayee     →  coolingDown
    2028-04-20 00:00  clock       12.active           →  active letter:payeeChanged
    2028-04-20 00:00  clock       11.replaced         →  replaced`,

  'a bank that knows another name stops the payment until somebody says why it is paid nevertheless': `${until('1.fallDue')}
    2028-05-02 09:00  authoriser  1.notePayeeVerification  →  refused wrongRole
    2028-05-02 09:01  certifier   1.notePayeeVerification:no  →  due
    2028-05-02 09:02  certifier   1.certify           →  refused payeeVerified
    2028-05-02 09:03  certifier   1.notePayeeVerification:nevertheless  →  due
    2028-05-02 09:04  certifier   1.certify           →  certified
    2028-05-02 09:05  certifier   1.notePayeeVerification:no  →  certified
    2028-05-02 09:06  authoriser  1.authorise         →  refused payeeVerified
    2028-05-02 09:07  certifier   1.notePayeeVerification:close  →  certified
    2028-05-02 09:08  authoriser  1.authorise         →  authorised payout
    2028-05-02 09:09  system      1.markExported      →  exported
    2028-05-04 09:00  certifier   1.reportReturn      →  returned letter:paymentReturned
    2028-05-05 09:00  authoriser  1.reopen            →  due
    2028-05-05 09:01  certifier   1.certify           →  certified`,

  'withdrawn before the notice: no payee is waited for': `${until('draftNotice')}
    2028-01-26 11:00  signatory   proposePayee        →  decided.noticeDrafted letter:payeeChanged letter:payeeToCheck
    2028-01-26 12:00  signatory   withdraw            →  withdrawn letter:withdrawn letter:fundsFreed
    2028-01-26 12:00  clock       11.cancelled        →  cancelled`,

  'stopped, checked or not: no payee is waited for': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-04 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-05 09:00  system      stop                →  active.stopped letter:stopped
    2028-04-05 09:00  clock       11.cancelled        →  cancelled
    2028-04-05 09:01  signatory   proposePayee        →  refused notPossibleHere`,

  'stopped after the call': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-04 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-04 09:01  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-05 09:00  system      stop                →  active.stopped letter:stopped`,

  'stopped while it cools down': `${active}${APPROVED}
    2028-04-06 09:00  system      stop                →  active.stopped letter:stopped
    2028-04-12 00:00  clock       11.cancelled        →  cancelled`,

  'declined after the document': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-04 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-04 09:01  officer     11.declinePayee     →  declined letter:payeeDeclined`,

  'declined after the call': `${active}
    2028-04-03 09:00  signatory   proposePayee        →  active.instalment1 letter:payeeChanged letter:payeeToCheck
    2028-04-04 09:00  officer     11.checkPayeeDocument  →  documentChecked
    2028-04-04 09:01  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-04-04 09:02  approver    11.declinePayee     →  declined letter:payeeDeclined`,

  'declined by whoever did not ask for it, while it cools down': `${active}${APPROVED}
    2028-04-06 09:00  signatory   11.declinePayee     →  declined letter:payeeDeclined`,

  'in every state from the decision on': `${until('countersign')}
    2028-01-13 09:00  signatory   proposePayee        →  decided.awaitingNotice letter:payeeChanged letter:payeeToCheck
    2028-01-13 09:01  officer     11.checkPayeeDocument  →  documentChecked
    2028-01-13 09:02  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-01-13 09:03  approver    11.approvePayee     →  coolingDown
    2028-01-19 00:00  clock       11.active           →  active letter:payeeChanged
    2028-01-26 10:00  officer     draftNotice         →  decided.noticeDrafted
    2028-01-26 10:01  signatory   proposePayee:again  →  decided.noticeDrafted letter:payeeChanged letter:payeeToCheck
    2028-01-26 10:02  officer     12.checkPayeeDocument  →  documentChecked
    2028-01-26 10:03  officer     12.noteCallBack     →  calledBack letter:payeeToApprove
    2028-01-26 10:04  approver    12.approvePayee     →  coolingDown
    2028-02-01 00:00  clock       12.active           →  active letter:payeeChanged
    2028-02-01 09:00  approver    issueNotice         →  appealPeriod.running letter:notice
    2028-02-01 09:01  signatory   proposePayee        →  appealPeriod.running letter:payeeChanged letter:payeeToCheck
    2028-02-01 09:02  officer     13.checkPayeeDocument  →  documentChecked
    2028-02-01 09:03  officer     13.noteCallBack     →  calledBack letter:payeeToApprove
    2028-02-01 09:04  approver    13.approvePayee     →  coolingDown
    2028-02-05 00:00  clock       13.active           →  active letter:payeeChanged
    2028-02-05 09:00  officer     suitFiled           →  appealPeriod.suspended
    2028-02-05 09:01  signatory   proposePayee:again  →  appealPeriod.suspended letter:payeeChanged letter:payeeToCheck
    2028-02-05 09:02  officer     14.checkPayeeDocument  →  documentChecked
    2028-02-05 09:03  officer     14.noteCallBack     →  calledBack letter:payeeToApprove
    2028-02-05 09:04  approver    14.approvePayee     →  coolingDown
    2028-02-10 00:00  clock       14.active           →  active letter:payeeChanged`,

  'and after everything was paid': `${until('1.confirmSettled')}
    2028-05-10 09:00  signatory   proposePayee        →  active.instalment2 letter:payeeChanged letter:payeeToCheck
    2028-05-10 09:01  officer     11.checkPayeeDocument  →  documentChecked
    2028-05-10 09:02  officer     11.noteCallBack     →  calledBack letter:payeeToApprove
    2028-05-10 09:03  approver    11.approvePayee     →  coolingDown
    2028-05-16 00:00  clock       11.active           →  active letter:payeeChanged
    2028-10-02 09:00  certifier   2.certify           →  certified
    2028-10-02 11:00  authoriser  2.authorise         →  authorised payout
    2028-10-02 11:01  system      2.markExported      →  exported
    2028-10-04 14:00  certifier   2.confirmSettled:second →  settled letter:paid letter:settledByHand
    2028-10-05 09:00  signatory   proposePayee:again  →  active.fullyPaid letter:payeeChanged letter:payeeToCheck
    2028-10-05 09:01  officer     12.checkPayeeDocument  →  documentChecked
    2028-10-05 09:02  officer     12.noteCallBack     →  calledBack letter:payeeToApprove
    2028-10-05 09:03  approver    12.approvePayee     →  coolingDown
    2028-10-11 00:00  clock       12.active           →  active letter:payeeChanged`,
};

const round = (changed: Partial<ReturnType<typeof defaultCycle>>) => (): Start => ({ family: draft({ ...defaultCycle(2028), ...changed }) });

/** The same where the round says otherwise. */
export const payeeInOtherRounds: readonly (readonly [string, string, () => Start])[] = [
  ['where the round asks for the bank\'s answer nothing is certified without it, as is said early', `${active}
    2028-05-02 00:00  clock       1.due               →  due letter:notReady letter:notReady letter:notReady letter:dueSoon letter:instalmentDue
    2028-05-02 09:00  certifier   1.certify           →  refused payeeVerified
    2028-05-02 09:01  certifier   1.notePayeeVerification  →  due
    2028-05-02 09:02  certifier   1.certify           →  certified`, round({ payeeVerificationRequired: true })],

  ['without cooling down the approval is the end', `${active}${APPROVED}
    2028-04-05 09:00  clock       11.active           →  active letter:payeeChanged`, round({ coolingDownWorkingDays: 0 })],
];
