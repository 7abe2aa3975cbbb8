// The import as the contract has it, by short names.
import type { Schemas } from '../lib/api.ts';

export type Import = Schemas['Import'];
export type Head = Schemas['ImportHead'];
export type Layer = Schemas['ImportLayer'];
export type Settings = Schemas['ImportSettings'];
// What is sent: a member that is undefined goes back to what is suggested.
export type Change = { [Name in keyof Settings]?: Settings[Name] | undefined };
export type Column = NonNullable<Settings['columns']>[number];
export type Report = Schemas['ImportReport'];
export type Row = Schemas['ImportRow'];
export type Job = Schemas['Job'];
export type Outcome = Row['outcome'];
