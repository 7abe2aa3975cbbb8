-- Lists of records are found in memory (src/storage/record_index.hpp): these only made writing slower.
DROP INDEX records_by_change;
DROP INDEX records_of_region;
DROP INDEX records_in_state;
DROP INDEX records_counts;
DROP INDEX records_tags;
DROP INDEX records_of_assignee;
-- Nobody asks the potentials by these: the public's answers come from the snapshot.
DROP INDEX potentials_of_region;
DROP INDEX potentials_of_commodity;
