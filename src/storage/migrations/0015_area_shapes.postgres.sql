-- As for the potentials: for QGIS and analysts, where PostGIS is there.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') THEN
    ALTER TABLE areas
      ADD COLUMN shape geometry(Geometry, 4326) GENERATED ALWAYS AS (ST_GeomFromWKB(geometry, 4326)) STORED;
    CREATE INDEX areas_shape ON areas USING gist (shape);
  END IF;
END
$$;
