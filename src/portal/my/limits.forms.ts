import { setOwnLimit } from '../../safeguards/set-own-limit.ts';
import { setOnlyListed, setPurchaseRule } from '../../safeguards/set-purchase-rule.ts';
import { setSpendingNotices } from '../../safeguards/set-spending-notices.ts';
import { undoScheduled } from '../../safeguards/undo-scheduled.ts';
import { invalidInput } from '../../shared/check-input.ts';
import { defineForm, type Done } from '../kit/define-form.ts';
import { checkField, moneyField, optional } from '../kit/form-fields.ts';
import { amountField, MAX_TYPED_MINOR } from './change-limit.view.rules.ts';
import { readKind, readPerson, readRule, readTo, readWho } from './limit-address.rules.ts';
import { changeLimitPage, limitsPage, noticesPage, onlyListedPage, rulePage } from './limits.pages.ts';
import { backHref } from './purchase-rule.view.rules.ts';

/** After a setting: back to the list of whom it is about, with the words of when it counts. */
const saved = (subscriberId: number | null, { permitsMore }: { readonly permitsMore: boolean }): Done => ({
  to: backHref(subscriberId),
  flash: permitsMore ? 'my.limit.saved-tomorrow' : 'my.limit.saved',
});

/** Changes a limit that the page has previewed. */
export const changeLimitForm = defineForm({
  name: 'my.limit',
  path: '/my/limits/change/:who/:kind',
  permission: 'limits:restrict',
  fields: { amount: optional(amountField), none: checkField('my.limit.remove') },
  submit: async (deps, { actor, params, input: { amount, none } }) => {
    const subscriberId = readWho(actor, params['who']);
    if (amount === undefined && !none)
      throw invalidInput([{ pointer: '/amount', message: 'must be an amount' }]);
    const limit = { subscriberId, kind: readKind(params['kind']), limitMinor: none ? null : amount! };
    return { subscriberId, recorded: await setOwnLimit(deps, actor, limit) };
  },
  done: ({ subscriberId, recorded }) => saved(subscriberId, recorded),
  page: changeLimitPage,
});

/** Blocks, unblocks, allows or takes off the list. */
export const ruleForm = defineForm({
  name: 'my.rule-form',
  path: '/my/limits/rules/:who/:rule/:company/:service/:to',
  permission: 'limits:restrict',
  fields: {},
  submit: async (deps, { actor, params }) => {
    const subscriberId = readWho(actor, params['who']);
    const rule = {
      kind: readRule(params['rule']),
      subscriberId,
      companyId: readPerson(params['company']),
      serviceId: params['service'] === 'all' ? null : readPerson(params['service']),
      inForce: readTo(params['to']) === 'on',
    };
    return { subscriberId, recorded: await setPurchaseRule(deps, actor, rule) };
  },
  done: ({ subscriberId, recorded }) => saved(subscriberId, recorded),
  page: rulePage,
});

export const onlyListedForm = defineForm({
  name: 'my.only-listed-form',
  path: '/my/limits/people/:id/only-listed/:to',
  permission: 'limits:restrict',
  fields: {},
  submit: async (deps, { actor, params }) => {
    const subscriberId = readPerson(params['id']);
    const inForce = readTo(params['to']) === 'on';
    return { subscriberId, recorded: await setOnlyListed(deps, actor, { subscriberId, inForce }) };
  },
  done: ({ subscriberId, recorded }) => saved(subscriberId, recorded),
  page: onlyListedPage,
});

/** Takes back a change that has not begun. */
export const undoForm = defineForm({
  name: 'my.undo-limit',
  path: '/my/limits/undo/:version',
  permission: 'limits:restrict',
  fields: {},
  submit: (deps, { actor, params }) => undoScheduled(deps, actor, { version: readPerson(params['version']) }),
  done: () => ({ to: '/my/limits', flash: 'my.limits.undone' }),
  page: limitsPage,
});

const noticeAmount = optional(moneyField('my.notices.amounts', { max: MAX_TYPED_MINOR }));

export const noticesForm = defineForm({
  name: 'my.notices-form',
  path: '/my/limits/notices',
  permission: 'notices:write',
  fields: {
    amount1: noticeAmount,
    amount2: noticeAmount,
    amount3: noticeAmount,
    amount4: noticeAmount,
    amount5: noticeAmount,
    every: checkField('my.notices.every'),
  },
  submit: (deps, { actor, input: { every, ...amounts } }) =>
    setSpendingNotices(deps, actor, {
      amounts: Object.values(amounts).filter((amount) => amount !== undefined && amount > 0n) as bigint[],
      everyPurchase: every,
    }),
  done: () => ({ to: '/my/limits', flash: 'my.notices.saved' }),
  page: noticesPage,
});

/** The forms of limits and blocks. */
export const limitsForms = [changeLimitForm, ruleForm, onlyListedForm, undoForm, noticesForm];
