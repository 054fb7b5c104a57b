import type { Actor } from '../../../access/actor.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { simulateTariff, type Simulation } from '../../../settlements/simulate-tariff.ts';
import { addMonths, monthOf } from '../../../shared/calendar-date.rules.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { listTariffs } from '../../../tariffs/tariff.queries.ts';
import type { TariffDefinition } from '../../../tariffs/tariff.rules.ts';
import type { LoadedSimulation, SimulationQuery } from './simulation.view.rules.ts';

const month = { type: 'string', pattern: '^([0-9]{4}-(0[1-9]|1[0-2]))?$' } as const;

export const simulationQuery = {
  type: 'object',
  properties: {
    tariff: { type: 'string', maxLength: 43 },
    /** A draft, as JSON. */
    definition: { type: 'string', maxLength: 4_000 },
    from: month,
    through: month,
    company: { type: 'string', maxLength: 32 },
  },
  additionalProperties: false,
} as const;

interface Asked {
  readonly actor: Actor;
  readonly query: SimulationQuery;
}

/** Reads the tariff that an address names and simulates it; what the use case refuses leaves the simulation out. */
export async function loadSimulation(deps: ServiceDeps, { actor, query }: Asked): Promise<LoadedSimulation> {
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const through = query.through || monthOf(today);
  const from = query.from || addMonths(through, -11);
  const tariffs = await listTariffs(deps, actor);
  const definition = query.definition
    ? parseDefinition(query.definition)
    : tariffs.find(({ code, validFrom }) => `${code}~${validFrom}` === query.tariff)?.definition;
  const asked = { from, through, ...(query.company && { companyCode: query.company }) };
  const simulation = definition && (await simulate(deps, actor, { ...asked, definition }));
  return { query: { ...query, from, through }, tariffs, definition, simulation };
}

async function simulate(
  deps: ServiceDeps,
  actor: Actor,
  input: Parameters<typeof simulateTariff>[2],
): Promise<Simulation | undefined> {
  try {
    return await simulateTariff(deps, actor, input);
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid-request') return undefined;
    throw error;
  }
}

/** Whether it is a definition is for the use case to check. */
function parseDefinition(text: string): TariffDefinition | undefined {
  try {
    return JSON.parse(text) as TariffDefinition;
  } catch {
    return undefined;
  }
}
