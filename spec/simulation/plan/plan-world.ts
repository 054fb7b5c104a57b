import { createRandom, type Random } from '../../../batch/demo/random.ts';
import type { Preset } from '../presets.ts';
import {
  GROUPS,
  type CompanyPlan,
  type ContractPlan,
  type LinePlan,
  type TaxRise,
  type WorldPlan,
} from './world-plan.ts';

export interface WorldSize {
  readonly companies: number;
  readonly lines: number;
}

/** Draws a world to begin with: companies on all tariffs, lines of all closing groups and ages, and a few consents. */
export function planWorld(seed: number, preset: Preset, size: WorldSize): WorldPlan {
  const random = createRandom(seed, 'world');
  const companies = Array.from({ length: size.companies }, (_, index) => planCompany(random, preset, index));
  const lines = Array.from({ length: size.lines }, (_, index) => planLine(random, preset, index));
  const subscribers = lines.flatMap(({ line }) =>
    Array.from({ length: random.pick([1, 1, 1, 2, 5]) }, (_, index) => ({
      subscriber: `${line}-p${index + 1}`,
      line,
      slot: index + 1,
    })),
  );
  const consents = subscribers
    .filter(() => random.below(2) === 0)
    .map(({ subscriber }, index) => {
      const { company, services } = random.pick(companies);
      return { consent: `${company}-k${index + 1}`, company, service: random.pick(services), subscriber };
    });
  const { timeZone, currency, startsOn } = preset;
  const taxRises = planTaxRises(random, preset);
  return { timeZone, currency, taxRises, startsOn, companies, lines, subscribers, consents };
}

/** In most worlds a rate rises soon, and later another one, or the same again. */
function planTaxRises(random: Random, { startsOn }: Preset): TaxRise[] {
  const firstOfMonth = Temporal.PlainDate.from(startsOn).with({ day: 1 });
  // In the world of 2019 the reduced rate is not there yet, and the law's own rise comes first.
  const soon = startsOn < '2019-10-01' ? 4 : 1;
  const rises = [
    { months: soon, code: 'standard', percent: 12 },
    { months: soon + random.between(1, 5), code: 'reduced', percent: 9 },
    { months: soon + random.between(6, 14), code: 'standard', percent: 13 },
  ] as const;
  return rises.slice(random.pick([0, 0, 0, 3])).map(({ months, ...rise }) => ({
    ...rise,
    from: firstOfMonth.add({ months }).toString(),
  }));
}

export const TARIFFS = ['flets-2011', 'flets-2012', 'item-2002', 'west-2004'] as const;

function planCompany(random: Random, preset: Preset, index: number): CompanyPlan {
  const company = `c${index + 1}`;
  const services = Array.from({ length: random.between(1, 3) }, (_, service) => `s${service + 1}`);
  const registered = random.pick([
    null,
    { from: preset.contractsFrom, to: null },
    { from: preset.registrationFrom, to: null },
    { from: preset.contractsFrom, to: preset.registrationFrom },
  ]);
  const model = random.pick(['agency', 'agency', 'assignment'] as const);
  const tariff = TARIFFS[index % TARIFFS.length]!;
  const contract = planContract(random, { from: preset.contractsFrom, tariff, model });
  return { company, services, registered, model, contract };
}

/** Open-ended terms from a day on. */
export function planContract(
  random: Random,
  { from, tariff, model }: Pick<ContractPlan, 'from' | 'tariff' | 'model'>,
): ContractPlan {
  return {
    from,
    to: null,
    tariff,
    model,
    basis: model === 'agency' ? random.pick(['billed', 'billed', 'collected']) : 'billed',
    perChargeMax: random.pick([1_000, 5_000, 10_000, 20_000]),
    lateCharges: random.pick(['accept', 'accept', 'refuse']),
    authorizationDays: random.pick([1, 7, 7, 30]),
    payoutMonths: random.pick([1, 2, 3]),
    payoutDay: random.pick([1, 15, 30, 31]),
    payoutBankDay: random.pick(['previous', 'next']),
    setUpFee: random.pick([0, 10_000]),
    minimumPayout: random.pick([0, 0, 3_000]),
    transferFee: random.pick([0, 440]),
    refundDays: random.pick([10, 60, 60, 200]),
    partialRefunds: random.pick([true, true, true, false]),
  };
}

function planLine(random: Random, { contractsFrom, startsOn }: Preset, index: number): LinePlan {
  const year = Number(startsOn.slice(0, 4));
  // Some grow a limit older while the world lasts.
  const age = random.pick([null, null, null, 12, 17, 19, 40]);
  const day = `${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`;
  return {
    line: `CAF${String(index + 1).padStart(10, '0')}`,
    group: GROUPS[index % GROUPS.length]!,
    holderFrom: contractsFrom,
    birthDate: age === null ? null : `${year - age - 1}-${day}`,
  };
}
