import { letter, take, type Lifecycle, type Transition } from '#kernel';

/** Whoever finds something wrong stops it, the applicant too: that is what the mail to the previous contact is for. */
const declinePayee: Transition = { target: 'declined', actions: [letter('payeeDeclined')] };
/** Until it is decided nothing is paid, so it must not lie. */
const remindPayee: Transition = { actions: [letter('payeeWaits')] };
const cancel: Transition = { target: 'cancelled' };

/** A change of the payee's data, from the proposal until it is what is paid to. The data of the signed form is no such case. */
export const payee: Lifecycle = {
  id: 'payee',
  initial: 'proposed',
  states: {
    proposed: {
      on: { checkPayeeDocument: { target: 'documentChecked', actions: [take('documentCheck')] }, remindPayee, declinePayee, cancel },
    },
    documentChecked: {
      on: { noteCallBack: { guard: 'callBackPlausible', target: 'calledBack', actions: [take('callBack'), letter('payeeToApprove')] }, remindPayee, declinePayee, cancel },
    },
    calledBack: {
      on: { approvePayee: { target: 'coolingDown', actions: [take('approval')] }, remindPayee, declinePayee, cancel },
    },
    coolingDown: {
      on: { cooledDown: { guard: 'coolingDownOver', target: 'active' }, declinePayee, cancel },
    },
    active: { tags: ['end'], on: { followPayee: { guard: 'payeeSuperseded', target: 'replaced' } } },
    declined: { type: 'final' },
    replaced: { type: 'final' },
    cancelled: { type: 'final' },
  },
};
