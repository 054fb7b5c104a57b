import { tenureDetails, type TenureDetails } from '../../src/lines/tenure.ts';

/** The details of a tenure of which the line master knows the holder only. */
export const nothingKnown = Object.fromEntries(
  tenureDetails.map((name) => [name, null]),
) as unknown as TenureDetails;
