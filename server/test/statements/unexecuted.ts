/** Templates that no test executes, by how they begin, each with its reason. They are not described. */
export const unexecuted: { file: string; text: string; reason: string }[] = [];
