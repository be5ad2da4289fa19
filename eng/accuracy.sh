#!/usr/bin/env bash
# Resolves every data set in a folder with no model given, evaluates it, and prints the rows of the table in docs/accuracy.md.
# A data set is a folder with one CSV per source (record_id first), truth.csv (source, record_id, entity_id) and meta.json ("kind").
# Usage: eng/accuracy.sh DATA_FOLDER [SET...]
set -euo pipefail
data=$(cd "$1" && pwd); shift
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/src/IdentityResolution.Cli" -c Release --nologo -v quiet >&2
idres="$root/artifacts/bin/IdentityResolution.Cli/release/idres"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
number() { sed -E "s/.*\"$2\":([0-9.eE+-]+).*/\1/" <<<"$1"; }            # a number of a flat or nested JSON object
part() { sed -E "s/.*\"$2\":(\{[^}]*\}).*/\1/" <<<"$1"; }                 # an inner object

echo '| set | P | R | F1 | B-cubed F1 | threshold | F1 at the best threshold in hindsight | candidate pairs | of the true pairs among them | processor seconds |'
echo '|---|---|---|---|---|---|---|---|---|---|'
for folder in "$data"/*/; do
    set_name=$(basename "$folder")
    [ "$#" -eq 0 ] || [[ " $* " == *" $set_name "* ]] || continue
    truth=$(ls "$folder"/truth.csv* 2>/dev/null | head -n 1) || true
    [ -n "$truth" ] || { echo "$set_name: no truth.csv, left out" >&2; continue; }
    mapfile -t files < <(ls "$folder"/*.csv "$folder"/*.csv.gz 2>/dev/null | grep -v -E '/(truth|pairs)\.csv')
    kind=$(sed -nE 's/.*"kind": *"([^"]*)".*/\1/p' "$folder/meta.json" | head -n 1)
    options=(); judge=(--truth "$truth")
    case "$kind" in
        link*) options+=(--link-only); judge+=(--across-sources) ;;
        *duplicate-free*) options+=(--unique); for f in "${files[@]}"; do options+=("$(basename "$f" .csv)"); done; judge+=(--across-sources) ;;
    esac
    [ "$set_name" != cdc_cluster100 ] || options+=(--ignore phone county)   # each of the two gives the answer
    sweep=(--scored-pairs "$work/pairs.csv")
    [ "$set_name" != iowa_1915_1940 ] || { judge=(--truth-pairs "$folder/pairs.csv" --pairs-complete --across-sources); sweep=(); }
    summary=$("$idres" resolve "${files[@]}" "${options[@]}" --output "$work/lookup.csv" --json 2>"$work/log")
    [ "${#sweep[@]}" -eq 0 ] || "$idres" resolve "${files[@]}" "${options[@]}" --output "$work/again.csv" --scored-pairs "$work/pairs.csv" >/dev/null 2>&1
    result=$("$idres" evaluate "$work/lookup.csv" "${judge[@]}" "${sweep[@]}" --json 2>/dev/null | tail -n 1)
    hindsight=-; complete=-
    if [[ "$result" == *'"bestLinks":'* ]]; then
        best=$(part "$result" bestLinks)
        hindsight=$(printf '%.4f at %.3g' "$(number "$best" f1)" "$(number "$best" matchProbability)")
        complete=$(printf '%.4f' "$(number "$result" pairCompleteness)")
    fi
    pairwise=$(part "$result" pairwise)
    bcubed=-; [[ "$result" != *'"bcubed":{'* ]] || bcubed=$(printf '%.4f' "$(number "$(part "$result" bcubed)" f1)")
    threshold=$(sed -nE 's/^Records are linked from a match probability of ([0-9.]+) on\.$/\1/p' "$work/log")
    printf '| %s | %.4f | %.4f | %.4f | %s | %s | %s | %s | %s | %.1f |\n' "$set_name" "$(number "$pairwise" precision)" "$(number "$pairwise" recall)" \
        "$(number "$pairwise" f1)" "$bcubed" "$threshold" "$hindsight" "$(number "$summary" candidatePairs)" "$complete" "$(number "$summary" processorSeconds)"
done
