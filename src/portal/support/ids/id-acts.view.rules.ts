import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import type { IssuedIdRecord } from '../../../identity/issued-id-record.queries.ts';
import { holdDays } from '../../../identity/sign-in-lock.rules.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { reasonInputs } from '../acts/reason.rules.ts';
import { issuedIdHref } from '../support-links.rules.ts';
import { idCrumbs, idFacts } from './id.view.rules.ts';

type Act = 'hold' | 'unlock' | 'end' | 'password' | 'mail-code';

interface Asked {
  readonly act: Act;
  readonly fields?: ConfirmView['fields'];
  readonly banners?: SectionsView['banners'];
  readonly isPossible?: boolean;
}

/** Asks before something is done to an active ID, with who asked and why. */
export function actView(id: IssuedIdRecord, asked: Asked, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const { act, fields = [], banners = [], isPossible = id.state === 'active' } = asked;
  const href = issuedIdHref(id.issuedId);
  return {
    title: t(`support.id.${act}`),
    crumbs: [...idCrumbs(id, frame), { href, label: formatIssuedId(id.issuedId) }],
    banners: isPossible ? banners : [{ tone: 'info', text: t(`support.id.${act}.nothing`) }],
    sections: [],
    confirm: isPossible
      ? {
          title: t(`support.id.${act}.question`, { id: formatIssuedId(id.issuedId) }),
          texts: [t(`support.id.${act}.effect`)],
          facts: idFacts(id, frame),
          fields: [...(fields ?? []), ...reasonInputs(frame)],
          formName: `support.${act}-id-form`,
          action: `${href}/${act}`,
          label: t(`support.id.${act}`),
          back: href,
          isDanger: act !== 'unlock' && act !== 'mail-code',
        }
      : undefined,
  };
}

export function holdView(id: IssuedIdRecord, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const options = holdDays.map((days) => ({ value: String(days), label: t(`support.id.hold.days-${days}`) }));
  return actView(
    id,
    { act: 'hold', fields: [{ name: 'days', label: t('support.id.hold.days'), options }] },
    frame,
  );
}

export function unlockView(id: IssuedIdRecord, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const banners = id.heldUntil ? [{ tone: 'warn' as const, text: t('support.id.unlock.was-held') }] : [];
  const isPossible = id.state === 'active' && id.lockedUntil !== undefined;
  return actView(id, { act: 'unlock', banners, isPossible }, frame);
}

export function mailCodeView(id: IssuedIdRecord, frame: ViewFrame): SectionsView {
  return actView(id, { act: 'mail-code' }, frame);
}

export function endView(id: IssuedIdRecord, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const banners = id.isHolder ? [{ tone: 'warn' as const, text: t('support.id.end.is-holder') }] : [];
  return actView(id, { act: 'end', banners }, frame);
}
