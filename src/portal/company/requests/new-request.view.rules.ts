import { addresseeKinds } from '../../../payment-requests/addressee.rules.ts';
import type { OwnService } from '../../../companies/own-company.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { nameIn } from '../company-links.rules.ts';
import type { FormPageView } from '../form.types.ts';

/** Days that the page offers. */
export const requestDays = ['1', '3', '7', '14', '30'] as const;

interface Loaded {
  readonly services: readonly OwnService[];
  /** Names this page: sent again from it, there is one request. */
  readonly key: string;
  /** By default. */
  readonly days: number;
}

/** Asks for amount, purpose and addressee. */
export function newRequestView({ services, key, days }: Loaded, frame: ViewFrame): FormPageView {
  const { t } = frame;
  const active = services.filter(({ state }) => state === 'active');
  const usual = requestDays.find((value) => Number(value) >= days) ?? '30';
  return {
    title: t('company.request.new'),
    lead: t('company.request.new-lead'),
    crumbs: [{ href: '/company/payment-requests', label: t('company.requests.title') }],
    banners: [],
    formName: 'company.new-payment-request-form',
    action: '/company/payment-requests/new',
    hidden: { key },
    groups: [
      {
        title: t('company.request.whom'),
        fields: [
          {
            kind: 'choices',
            name: 'toKind',
            label: t('company.request.to-kind'),
            value: 'telephone',
            options: orderedKinds.map((value) => ({ value, label: t(`company.request.kind.${value}`) })),
          },
          { name: 'to', label: t('company.request.to'), hint: t('company.request.to-hint') },
        ],
      },
      {
        title: t('company.request.what'),
        fields: [
          {
            name: 'amount',
            label: t('company.request.amount'),
            hint: t('company.request.amount-hint'),
            inputmode: 'numeric',
            isShort: true,
          },
          {
            name: 'description',
            label: t('company.request.purpose'),
            hint: t('company.request.purpose-hint'),
          },
          {
            name: 'service',
            label: t('company.charge.service'),
            value: active[0]?.code ?? '',
            options: active.map((one) => ({ value: one.code, label: nameIn(one, frame) })),
          },
          {
            name: 'taxCode',
            label: t('company.charge.tax'),
            value: 'standard',
            options: (['standard', 'reduced'] as const).map((value) => ({
              value,
              label: t(`company.charge.tax.${value}`),
            })),
          },
        ],
      },
      {
        title: t('company.request.more'),
        fields: [
          {
            name: 'days',
            label: t('company.request.days'),
            value: usual,
            options: requestDays.map((value) => ({
              value,
              label: t('company.request.day-count', { days: value }),
            })),
          },
          {
            name: 'reference',
            label: t('company.charge.reference'),
            hint: t('company.request.reference-hint'),
            isOptional: true,
          },
        ],
      },
    ],
    label: t('company.request.send'),
    back: '/company/payment-requests',
  };
}

/** The one that a caller says first. */
const orderedKinds = addresseeKinds.toSorted((one) => (one === 'telephone' ? -1 : 0));
