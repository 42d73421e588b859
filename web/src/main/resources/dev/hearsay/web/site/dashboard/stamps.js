/**
 * Pictures of statuses, each drawn once and then copied: a thousand outlines in each frame cost ten times as much, where no graphics
 * processor helps.
 */
import { lookOf, outline } from "./status.js";

/** Most stamps that are kept; then all are drawn anew. There are few: a status has one or two sizes. */
const MOST = 64;

/** Stamps for one canvas. */
export class Stamps {
  #kept = new Map();

  /** Forgets all: colours, or the density of the screen, have changed. */
  clear() {
    this.#kept.clear();
  }

  /**
   * The stamp of a status: {image, half}, half its width in CSS pixels.
   *
   * @param colours by the name of the custom property
   * @param ratio pixels of the screen for one of CSS
   */
  of(status, radius, colours, ratio) {
    const key = `${status} ${radius}`;
    let stamp = this.#kept.get(key);
    if (stamp === undefined) {
      if (this.#kept.size >= MOST) {
        this.#kept.clear();
      }
      stamp = draw(status, radius, colours, ratio);
      this.#kept.set(key, stamp);
    }
    return stamp;
  }
}

function draw(status, radius, colours, ratio) {
  const half = Math.ceil(radius * 1.5 + 2);
  const image = document.createElement("canvas");
  image.width = Math.ceil(2 * half * ratio);
  image.height = image.width;
  const pen = image.getContext("2d");
  pen.scale(ratio, ratio);
  const path = new Path2D();
  outline(path, status, half, half, radius);
  const look = lookOf(status);
  pen.fillStyle = colours[look.colour];
  pen.strokeStyle = colours[look.colour];
  pen.lineWidth = Math.max(1.3, Math.min(2.6, radius * 0.4));
  if (look.filled) {
    pen.fill(path);
  } else {
    pen.stroke(path);
  }
  return { image, half };
}
