import { endSubscriber } from '../../../identity/end-subscriber.ts';
import { holdSignIn, unlockSignIn } from '../../../identity/hold-sign-in.ts';
import { mailPasswordCode } from '../../../identity/mail-password-code.ts';
import { holdDays } from '../../../identity/sign-in-lock.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField } from '../../kit/form-fields.ts';
import { reasonFields } from '../acts/reason.rules.ts';
import { issuedIdHref } from '../support-links.rules.ts';
import { endPage, holdPage, mailCodePage, unlockPage } from './id.pages.ts';

const daysTexts = ['1', '7', '30'] as const;

/** Keeps everybody from signing in with an ID for some days. */
export const holdForm = defineForm({
  name: 'support.hold-id-form',
  path: '/support/ids/:id/hold',
  permission: 'subscribers:write',
  fields: { days: choiceField('support.id.hold.days', daysTexts), ...reasonFields },
  submit: async (deps, { actor, params, input: { days: typed, ...reason } }) => {
    const issuedId = params['id'] ?? '';
    const days = holdDays.find((one) => String(one) === typed)!;
    await holdSignIn(deps, actor, { issuedId, days, reason });
    return issuedId;
  },
  done: (issuedId) => ({ to: issuedIdHref(issuedId), flash: 'support.id.hold.done' }),
  page: holdPage,
});

/** Mails a code for a new password to the holder. */
export const mailCodeForm = defineForm({
  name: 'support.mail-code-id-form',
  path: '/support/ids/:id/mail-code',
  permission: 'subscribers:write',
  fields: reasonFields,
  submit: async (deps, { actor, params, input: reason }) => {
    const issuedId = params['id'] ?? '';
    return { issuedId, ...(await mailPasswordCode(deps, actor, { issuedId, reason })) };
  },
  done: ({ issuedId, sentTo }) => ({
    to: issuedIdHref(issuedId),
    flash: 'support.id.mail-code.done',
    facts: { address: sentTo },
  }),
  page: mailCodePage,
});

export const unlockForm = defineForm({
  name: 'support.unlock-id-form',
  path: '/support/ids/:id/unlock',
  permission: 'subscribers:write',
  fields: reasonFields,
  submit: async (deps, { actor, params, input: reason }) => {
    const issuedId = params['id'] ?? '';
    await unlockSignIn(deps, actor, { issuedId, reason });
    return issuedId;
  },
  done: (issuedId) => ({ to: issuedIdHref(issuedId), flash: 'support.id.unlock.done' }),
  page: unlockPage,
});

export const endForm = defineForm({
  name: 'support.end-id-form',
  path: '/support/ids/:id/end',
  permission: 'subscribers:write',
  fields: reasonFields,
  submit: (deps, { actor, params, input: reason }) =>
    endSubscriber(deps, actor, { issuedId: params['id'] ?? '', reason }),
  done: ({ issuedId }) => ({ to: issuedIdHref(issuedId), flash: 'support.id.end.done' }),
  page: endPage,
});
