/** Random numbers of a seed, which whoever fails prints. */
export const SEED = Number(process.env.PAGES_SEED ?? 1 + Math.floor(Math.random() * 1e6));

/** A function that draws a whole number below its argument (Park and Miller 1988). */
export function random(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
