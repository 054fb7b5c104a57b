import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import type { IssuedIdRecord } from '../../../identity/issued-id-record.queries.ts';
import type { BadgeView, FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { issuedIdHref, lineHref } from '../support-links.rules.ts';

export const idCrumbs = ({ lineId, holderFrom }: IssuedIdRecord, { t }: Pick<ViewFrame, 't'>) => [
  { href: '/support', label: t('support.search.title') },
  { href: lineHref(lineId, holderFrom), label: lineId },
];

/** One issued ID. */
export function idView(id: IssuedIdRecord, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const href = issuedIdHref(id.issuedId);
  const mayAct = id.state === 'active' && can('subscribers:write');
  return {
    title: formatIssuedId(id.issuedId),
    crumbs: idCrumbs(id, frame),
    headBadge: stateBadge(id, frame),
    actions: mayAct
      ? [
          ...(id.lockedUntil ? [{ href: `${href}/unlock`, label: t('support.id.unlock') }] : []),
          { href: `${href}/mail-code`, label: t('support.id.mail-code') },
          { href: `${href}/password`, label: t('support.id.password') },
          { href: `${href}/hold`, label: t('support.id.hold') },
          { href: `${href}/end`, label: t('support.id.end') },
        ]
      : [],
    sections: [{ id: 'id', title: t('support.id.title'), facts: idFacts(id, frame) }],
  };
}

function stateBadge({ state, heldUntil, lockedUntil }: IssuedIdRecord, { t }: ViewFrame): BadgeView {
  if (state === 'ended') return { tone: 'plain', text: t('support.line.id-state.ended') };
  if (heldUntil) return { tone: 'bad', text: t('support.id.state.held') };
  if (lockedUntil) return { tone: 'warn', text: t('support.id.state.locked') };
  return { tone: 'good', text: t('support.line.id-state.active') };
}

/** Whose it is, and how its person signs in. */
export function idFacts(id: IssuedIdRecord, { t, format }: ViewFrame): FactView[] {
  const until = id.heldUntil ?? id.lockedUntil;
  return [
    {
      label: t('support.line.person'),
      text: id.name,
      ...(id.isHolder && { note: t('support.line.is-holder') }),
    },
    { label: t('support.charge.line'), text: id.lineId, href: lineHref(id.lineId, id.holderFrom) },
    { label: t('support.line.id-since'), text: format.dateTime(id.createdAt) },
    ...(id.endedAt ? [{ label: t('support.id.ended'), text: format.dateTime(id.endedAt) }] : []),
    {
      label: t('support.id.password-state'),
      text: t(
        id.hasPassword
          ? id.passwordTemporary
            ? 'support.id.password-temporary'
            : 'support.id.password-own'
          : 'support.id.password-none',
      ),
    },
    { label: t('support.id.sessions'), text: format.count(id.sessions) },
    {
      label: t('support.id.sign-in'),
      text: until
        ? t(id.heldUntil ? 'support.id.held-until' : 'support.id.locked-until', {
            at: format.dateTime(until),
          })
        : t('support.id.not-locked'),
    },
  ];
}
