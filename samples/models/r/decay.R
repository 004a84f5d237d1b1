# Radioactive decay with a background, as a model for Calibrate in base R: no packages.
#
#     counts(t) = activity exp(-rate t) + background
#
# The reading and writing of lines is all there is to the protocol (docs/formats/process-model.md in Calibrate's sources); a model of your
# own needs another `times` and another `evaluate`. JSON is taken apart with regular expressions, which is enough for what Calibrate writes.
#
#     Rscript decay.R

parameters <- c("activity", "rate", "background")
times <- seq(0, 24, by = 1) # hours

evaluate <- function(point) {
  if (point[["rate"]] < 0) stop("rate must not be negative")
  point[["activity"]] * exp(-point[["rate"]] * times) + point[["background"]]
}

# 17 significant digits read back as the same double.
numbers <- function(values) {
  text <- sprintf("%.17g", values)
  text[is.nan(values) | is.na(values)] <- "NaN"
  text[values == Inf] <- "Infinity"
  text[values == -Inf] <- "-Infinity"
  paste(text, collapse = ",")
}

quoted <- function(text) {
  text <- gsub("[[:cntrl:]]+", " ", text)
  paste0("\"", gsub("([\"\\\\])", "\\\\\\1", text), "\"")
}

# The texts of a list of texts, such as the names behind "parameters".
texts <- function(line, key) {
  list <- regmatches(line, regexpr(paste0("\"", key, "\" *: *\\[[^]]*\\]"), line))
  if (length(list) == 0) return(character(0))
  found <- regmatches(list, gregexpr("\"[^\"]*\"", list))[[1]][-1]
  gsub("\"", "", found)
}

result <- function(text) {
  point <- as.numeric(strsplit(gsub("[][ ]", "", text), ",")[[1]])
  names(point) <- given
  tryCatch(
    paste0("{\"values\":[", numbers(evaluate(point)), "]}"),
    error = function(failure) paste0("{\"error\":", quoted(conditionMessage(failure)), "}")
  )
}

send <- function(...) {
  writeLines(paste0(...), output)
  flush(output)
}

input <- file("stdin", "r")
output <- stdout()

handshake <- readLines(input, n = 1)
given <- texts(handshake, "parameters")
unknown <- setdiff(texts(handshake, "outputs"), "counts")
if (!setequal(given, parameters)) {
  send("{\"calibrate\":1,\"error\":\"the parameters must be ", paste(parameters, collapse = ", "), "\"}")
  quit(status = 0)
}
if (length(unknown) > 0) {
  send("{\"calibrate\":1,\"error\":\"the only output is counts\"}")
  quit(status = 0)
}
send(
  "{\"calibrate\":1,\"model\":\"decay\",\"version\":\"1.0\",\"batch\":32,\"encoding\":\"json\",",
  "\"outputs\":[{\"name\":\"counts\",\"unit\":\"1/s\",\"axis\":[", numbers(times), "]}]}"
)

while (length(line <- readLines(input, n = 1)) > 0) {
  id <- sub("^.*\"id\" *: *([0-9]+).*$", "\\1", line)
  inner <- sub("^.*\"points\" *: *\\[(.*)\\] *[,}].*$", "\\1", line)
  points <- regmatches(inner, gregexpr("\\[[^]]*\\]", inner))[[1]]
  send("{\"id\":", id, ",\"results\":[", paste(vapply(points, result, ""), collapse = ","), "]}")
}
