/** Where nodes stand: positions from -1 to 1 in both directions, and how near neighbours are. */

/** The most nodes that stand well in a ring. */
export const RING_MOST = 150;

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * {x, y, spacing}: as asked, "ring" or "disc", or by their number. Node 0 is at the top of the ring, in the middle of the disc;
 * with another place for it, it stands there, and who would stand there takes its place.
 */
export function layOut(n, layout = n <= RING_MOST ? "ring" : "disc", zero = 0) {
  const places = layout === "ring" ? ring(n) : disc(n);
  for (const positions of [places.x, places.y]) {
    [positions[0], positions[zero]] = [positions[zero], positions[0]];
  }
  return places;
}

function ring(n) {
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = Math.sin((2 * Math.PI * i) / n);
    y[i] = -Math.cos((2 * Math.PI * i) / n);
  }
  return { x, y, spacing: Math.min(0.3, (2 * Math.PI * 0.8) / n) };
}

/** A sunflower: everybody has the same room (Vogel 1979). */
function disc(n) {
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const radius = Math.sqrt((i + 0.5) / (n + 0.5));
    x[i] = radius * Math.cos(i * GOLDEN);
    y[i] = radius * Math.sin(i * GOLDEN);
  }
  // Neighbours are at least 1.65 / sqrt(n) apart; squares of this side do not touch, however they stand.
  return { x, y, spacing: Math.min(0.3, 1.17 / Math.sqrt(n)) };
}
