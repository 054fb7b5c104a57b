import { readFile } from 'node:fs/promises';
import { createPartner } from '../../src/partners/create-partner.ts';
import { partnerTermsApproval } from '../../src/partners/partner-terms-approval.ts';
import { describeCommission } from '../../src/partners/partner-terms.rules.ts';
import {
  listPartners,
  listPartnerTerms,
  type SettlementCommission,
} from '../../src/partners/partner.queries.ts';
import type { CommissionTerms, Tier } from '../../src/partners/commission.rules.ts';
import { listCommissionsOfSettlement } from '../../src/partners/settlement-commissions.queries.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, optional, required, text, wholeNumber, withDefault, type ValuesOf } from '../cli/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { propose, reason } from './propose.ts';

const partner = required(text('CODE'), 'code of the sales partner', { field: 'partnerCode' });
const NOT_CORPORATE =
  'The registration number is not of the corporate series: check it, unless it is that of a sole proprietor.';

const terms = {
  partner,
  company: required(text('CODE'), 'code of the company', { field: 'companyCode' }),
  'valid-from': required(text('YYYY-MM-01'), 'first day; they hold until the next terms of both'),
  'paid-by': withDefault(
    oneOf('WHO', ['company', 'carrier']),
    'company',
    'out of the payout of the company, or of the fee of the carrier',
  ),
  'percent-bps': optional(
    wholeNumber('BPS', { from: 0, to: 10_000 }),
    "share of the partner's total in basis points: 300 is 3%",
  ),
  'per-item': optional(
    wholeNumber('AMOUNT', { from: 0, to: 999_999_999 }),
    'flat amount per item, before tax',
  ),
  tiers: optional(text('FILE'), 'JSON file: [{"aboveMinor": 0, "percentBps": 300}, …]'),
  services: optional(text('CODES'), "services whose sales are the partner's, separated by commas"),
};

export const partnerCommands: readonly Command[] = [
  defineCommand({
    name: 'partner create',
    summary: 'create a sales partner; it earns nothing until its terms are approved',
    changes: true,
    options: {
      code: required(text('CODE'), 'its code: a-z, 0-9 and -, up to 32'),
      name: required(text('NAME'), 'its name in Japanese'),
      'name-en': required(text('NAME'), 'its name in English'),
      address: required(text('ADDRESS'), 'its address'),
      'registration-number': optional(text('T…'), 'qualified invoice issuer, T and 13 digits'),
      'registered-from': optional(text('YYYY-MM-DD'), 'first day of the registration'),
      'registered-to': optional(text('YYYY-MM-DD'), 'first day on which it is no longer valid'),
    },
    example: '--code asahi --name 株式会社旭 --name-en "Asahi Inc." --address 東京都港区1-1',
    run: async (deps, options, { actor }) => {
      const { warning } = await createPartner(deps, actor, options);
      const { code, name, nameEn } = options;
      const item = { code, name, nameEn };
      return warning === undefined
        ? { item }
        : { item: { ...item, warning }, shown: item, notes: [NOT_CORPORATE] };
    },
  }),
  defineCommand({
    name: 'partner list',
    summary: 'list the sales partners',
    changes: false,
    options: {},
    example: '',
    run: async (deps, _options, { actor }) => ({
      list: (await listPartners(deps, actor)).map(({ code, name, nameEn, registrationNumber }) => ({
        code,
        name,
        nameEn,
        registrationNumber,
      })),
      none: 'No sales partner yet: create one with "partner create".',
    }),
  }),
  defineCommand({
    name: 'partner terms',
    summary: 'list the terms of a sales partner with companies',
    changes: false,
    options: { partner },
    example: '--partner asahi',
    run: async (deps, options, { actor }) => {
      const versions = await listPartnerTerms(deps, actor, options.partner);
      return {
        list: versions,
        shown: versions.map(({ commission, services, ...version }) => ({
          ...version,
          commission: describeCommission(commission),
          services: services.join(' '),
        })),
        none: `${options.partner} has no terms yet: propose some with "partner propose-terms".`,
      };
    },
  }),
  defineCommand({
    name: 'partner propose-terms',
    summary: 'propose what a sales partner gets of the sales of a company; another person approves it',
    changes: true,
    options: { ...terms, reason },
    example:
      '--partner asahi --company shinonome --valid-from 2026-06-01 --percent-bps 300 --services video --reason "signed on 1 May"',
    run: async (deps, { reason: why, ...options }, { actor }) =>
      propose(deps, actor, partnerTermsApproval, { input: await inputOf(options), reason: why }),
  }),
  defineCommand({
    name: 'partner commissions',
    summary: 'show what sales partners get of a settlement',
    changes: false,
    options: { number: required(text('NUMBER'), 'number of the settlement') },
    example: '--number S202605-000123',
    run: async (deps, options, { actor }) => ({
      list: (await listCommissionsOfSettlement(deps, actor, options.number)).map(show),
      none: `No sales partner gets anything of ${options.number}.`,
    }),
  }),
];

/** Exactly one kind of commission, or none, which ends the terms. */
async function inputOf({ company, partner: partnerCode, services, ...options }: ValuesOf<typeof terms>) {
  const { validFrom, paidBy } = options;
  const codes = services === undefined ? [] : services.split(',').filter((code) => code !== '');
  const commission = await commissionOf(options);
  return { companyCode: company, partnerCode, validFrom, paidBy, commission, services: codes };
}

async function commissionOf({
  percentBps,
  perItem,
  tiers,
}: Pick<ValuesOf<typeof terms>, 'percentBps' | 'perItem' | 'tiers'>): Promise<CommissionTerms> {
  const given = [percentBps, perItem, tiers].filter((value) => value !== undefined);
  if (given.length > 1) throw new UsageError('name one of --percent-bps, --per-item and --tiers');
  if (percentBps !== undefined) return { basis: 'percent', percentBps };
  if (perItem !== undefined) return { basis: 'flat', perItemMinor: perItem };
  if (tiers === undefined) return { basis: 'none' };
  try {
    return { basis: 'tiers', tiers: JSON.parse(await readFile(tiers, 'utf8')) as Tier[] };
  } catch (cause) {
    throw new UsageError(`${tiers} cannot be read as JSON`, { cause });
  }
}

function show(row: SettlementCommission) {
  const { partner: code, paidBy, commission, billedMinor, refundedMinor, clawbackMinor, recoveryMinor } = row;
  const { itemCount, earnedMinor, carriedInMinor, carriedOutMinor, exTaxMinor, taxRateBps, taxMinor } = row;
  const sales = { billedMinor, refundedMinor, clawbackMinor, recoveryMinor, itemCount };
  const paid = { earnedMinor, carriedInMinor, carriedOutMinor, exTaxMinor, taxRateBps, taxMinor };
  return { partner: code, paidBy, commission: describeCommission(commission), ...sales, ...paid };
}
