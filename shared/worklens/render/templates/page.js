{
  const { thousands, tenths } = document.body.dataset; // as the reader writes numbers
  const formatLocale = { thousands, decimal: tenths, grouping: [3], currency: ["", ""] };
  const options = { formatLocale, ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true } };

  const failed = (place, error) => {
    console.error(error);
    place.textContent = place.dataset.failed;
    place.classList.add("failed");
    place.closest("figure").querySelector("details").open = true;
  };

  const draw = (place) => {
    const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
    vegaEmbed(place, spec, options).then(
      () => {
        place.querySelector("svg").setAttribute("aria-hidden", "true"); // the picture's own label speaks for it
        place.dataset.drawn = "yes";
      },
      (error) => failed(place, error),
    );
  };

  for (const place of document.querySelectorAll(".chart")) {
    const more = place.closest("details.more:not([open])"); // what is folded has no width to be drawn in
    if (more) more.addEventListener("toggle", () => draw(place), { once: true });
    else draw(place);
  }
}
